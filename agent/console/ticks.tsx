type Props = { id: string; all: readonly { id: string; name: string }[]; chosen: readonly string[]; choose: (chosen: string[]) => void }

/** Any of many, by ticks; long lists scroll. */
export const Ticks = ({ id, all, chosen, choose }: Props) => (
  <ul class="choices">
    {all.map((one) => (
      <li key={one.id}>
        <input
          id={`${id}-${one.id}`}
          type="checkbox"
          checked={chosen.includes(one.id)}
          onChange={({ currentTarget }) =>
            choose([...chosen.filter((other) => other !== one.id), ...(currentTarget.checked ? [one.id] : [])])
          }
        />
        <label for={`${id}-${one.id}`}>{one.name}</label>
      </li>
    ))}
  </ul>
)
