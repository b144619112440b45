/** Made by whoever asks first, however many ask after that or (a promise) meanwhile: what most starts never need. */
export function once<T extends object>(make: () => T): () => T {
  let made: T | undefined
  return () => (made ??= make())
}
