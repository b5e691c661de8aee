import Link from 'next/link'
import type { ReactNode } from 'react'

export const metadata = { title: 'Tourhook in Next.js' }

export default function Layout({ children }: { children: ReactNode }) {
  return (
    <html lang="en">
      <body>
        <nav>
          <Link href="/">Home</Link> <Link href="/other">Other</Link>
        </nav>
        {children}
      </body>
    </html>
  )
}
