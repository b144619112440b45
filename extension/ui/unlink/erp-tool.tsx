import { useEffect, useState } from 'preact/hooks'
import type { ForecastShape } from '../../../shared/forecast.ts'
import { say } from '../../../shared/words/say.ts'
import { erpToolOf } from '../../pages/address.ts'
import type { UnlinkRequest } from '../popover-door.ts'

type Props = { unlink: Pick<ForecastShape, 'code'>; request: Pick<UnlinkRequest, 'withCompany' | 'words'> }

/** Where Procore’s own connector holds the link, its Unlink is in Procore’s tool: a person presses it there, we never do. */
export function ErpTool({ unlink, request: { withCompany, words } }: Props) {
  const [company, setCompany] = useState<string | null>(null)
  const isProcores = unlink.code.startsWith('procore-')
  useEffect(() => {
    if (isProcores) void withCompany(async (known) => setCompany(known))
  }, [isProcores])
  if (!isProcores || company === null) return null
  return (
    <p>
      <a href={erpToolOf(company)}>{say(words, 'erp-tool.open')}</a> <small>{say(words, 'erp-tool.row')}</small>
    </p>
  )
}
