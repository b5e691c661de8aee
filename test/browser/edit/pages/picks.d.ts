import 'react'

declare module 'react' {
  interface HTMLAttributes<T> {
    /** The name of an element that is picked; the page takes the attribute away before anybody looks. */
    pick?: string
  }
}
