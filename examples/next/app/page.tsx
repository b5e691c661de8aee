import { Tour } from './tour'

export default function Home() {
  return (
    <main>
      <h1>Home</h1>
      <Tour id="welcome" />
    </main>
  )
}
