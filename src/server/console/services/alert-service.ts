import { type AlertSettings, alertSettingsIn, isAddress } from '../../alerts/alert-settings.ts'
import type { Mailer } from '../../alerts/mailer.ts'
import { HttpError } from '../../companion/http-error.ts'
import type { ConsoleStore } from '../../stores/console-store.ts'
import { toError } from '../../to-error.ts'
import type { Actor } from '../access/person.ts'
import type { AuditTrail } from '../audit-trail.ts'

const mostAddresses = 20

/** Who gets an e-mail when a webhook fails, and a test of it. */
export interface AlertService {
  /** Whether e-mail can be sent. */
  canMail: boolean
  settings(): Promise<AlertSettings>
  /** @throws {HttpError} (rejects) 422 names what is no address. */
  save(actor: Actor, settings: AlertSettings): Promise<void>
  /** Sends an e-mail now. @throws {HttpError} (rejects) 422, or 409 with what the mail server said. */
  test(actor: Actor): Promise<string[]>
}

export interface AlertServiceOptions {
  store: Pick<ConsoleStore, 'setting' | 'changeSetting'>
  mailer: Mailer | undefined
  audit: AuditTrail
}

export function createAlertService({ store, mailer, audit }: AlertServiceOptions): AlertService {
  async function settings(): Promise<AlertSettings> {
    return alertSettingsIn(await store.setting('alerts'))
  }

  return {
    canMail: mailer !== undefined,
    settings,
    async save(actor, { addresses, events }) {
      const wrong = addresses.find(address => !isAddress(address))
      if (wrong !== undefined) {
        throw new HttpError(422, 'invalid', `“${wrong}” is no e-mail address.`, { path: 'addresses' })
      }
      if (addresses.length > mostAddresses) {
        const message = `At most ${mostAddresses} addresses; a mailing list takes more.`
        throw new HttpError(422, 'invalid', message, { path: 'addresses' })
      }
      await store.changeSetting('alerts', () => ({ addresses: [...addresses], events: [...events] }))
      await audit.record(actor, { action: 'changed who gets alerts', target: 'alerts', details: [...events] })
    },
    async test(actor) {
      if (!mailer) {
        throw new HttpError(409, 'no_mail', 'No mail server is set: start with TOURHOOK_SMTP_URL, or smtpUrl.')
      }
      const { addresses } = await settings()
      if (addresses.length === 0) {
        throw new HttpError(422, 'invalid', 'Enter an address, and save it first.', { path: 'addresses' })
      }
      const text = 'This is what an alert of Tourhook looks like. Nothing has happened.\n'
      await mailer.send({ to: addresses, subject: 'Tourhook: a test', text }).catch(error => {
        throw new HttpError(409, 'mail_failed', toError(error).message)
      })
      await audit.record(actor, { action: 'sent a test e-mail', target: 'alerts' })
      return addresses
    },
  }
}
