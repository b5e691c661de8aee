import type { MailText } from './alert-words.ts'

/** Sends e-mail. */
export interface Mailer {
  /** @throws {Error} (rejects) says what is missing, or what the mail server answered. */
  send(mail: MailText & { to: readonly string[] }): Promise<void>
  /** Whether it could; rejects with the sentence that `send` would. */
  check(): Promise<void>
}

export interface MailerOptions {
  /** Such as `smtps://user:password@mail.example.com`. */
  smtpUrl: string
  /** The sender. @default the URL's user, when it is an address, else `tourhook@` and the server's host */
  from?: string | undefined
}

/** How long a mail server may take over each step, in milliseconds. */
const limits = { connectionTimeout: 10_000, greetingTimeout: 10_000, socketTimeout: 20_000 }

/**
 * Sends mail by SMTP. It needs the package `nodemailer`, which is loaded when it is first used.
 *
 * @throws {TypeError} when the URL is none of SMTP's.
 */
export function createMailer({ smtpUrl, from }: MailerOptions): Mailer {
  const url = URL.canParse(smtpUrl) ? new URL(smtpUrl) : undefined
  if (!url || !/^smtps?:$/.test(url.protocol) || url.hostname === '') {
    throw new TypeError('smtpUrl: expected a URL such as smtps://user:password@mail.example.com')
  }
  for (const [name, ms] of Object.entries(limits)) {
    if (!url.searchParams.has(name)) url.searchParams.set(name, String(ms))
  }
  const user = decodeURIComponent(url.username)
  const sender = from ?? (user.includes('@') ? user : `tourhook@${url.hostname}`)

  return {
    async check() {
      await load()
    },
    async send({ to, subject, text }) {
      const { createTransport } = await load()
      const transport = createTransport(url.href)
      try {
        await transport.sendMail({
          from: { name: 'Tourhook', address: sender },
          to: [...to],
          subject,
          text,
          disableFileAccess: true,
          disableUrlAccess: true,
        })
      } catch (cause) {
        const said = cause instanceof Error ? cause.message : String(cause)
        throw new Error(`${url.hostname} did not take the e-mail: ${said}`, { cause })
      } finally {
        transport.close()
      }
    },
  }
}

async function load() {
  // Who bundles a server need not have it; each bundler has a word of its own for that.
  return import(/* webpackIgnore: true */ /* turbopackIgnore: true */ /* @vite-ignore */ 'nodemailer').catch(
    cause => {
      throw new Error('E-mail alerts need the package nodemailer: npm install nodemailer', { cause })
    },
  )
}
