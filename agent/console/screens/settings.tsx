import { Answered } from '../answered.tsx'
import { useAnswer } from '../link.ts'
import { BackupSettings } from '../settings/backup.tsx'
import { CertificateSettings } from '../settings/certificate.tsx'
import { LogSettings } from '../settings/log.tsx'

/** What an admin sets of the agent as a whole. */
export const Settings = () => {
  const asked = useAnswer('settings')
  return (
    <Answered asked={asked}>
      {({ log, backup, folder }) => (
        <>
          <BackupSettings of={backup} folder={folder} ask={asked.ask} />
          <CertificateSettings />
          <LogSettings of={log} ask={asked.ask} />
        </>
      )}
    </Answered>
  )
}
