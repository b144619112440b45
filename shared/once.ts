/** Made by whoever asks first, however many ask meanwhile: what most starts of the agent never need. */
export function once<T>(make: () => Promise<T>): () => Promise<T> {
  let made: Promise<T> | undefined
  return () => (made ??= make())
}
