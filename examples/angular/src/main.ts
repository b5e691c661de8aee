import { Component, type OnDestroy, signal } from '@angular/core'
import { bootstrapApplication } from '@angular/platform-browser'
import { provideRouter, RouterLink, RouterOutlet } from '@angular/router'
import type { StepEvent } from 'tourhook'
import { tourhook } from './tourhook'

@Component({
  selector: 'app-home',
  template: `
    <main>
      <h1>Home</h1>
      @if (shown(); as shown) {
        <dialog open aria-labelledby="tour-title">
          <h2 id="tour-title">{{ shown.step.title }}</h2>
          @if (shown.step.id === 'hello') {
            <label>{{ shown.step.content }} <input name="role" #role (input)="shown.run.answer('role', role.value)" /></label>
          }
          <button type="button" (click)="shown.run.next()">Next</button>
          <button type="button" (click)="shown.run.close()">Close</button>
        </dialog>
      }
    </main>
  `,
})
class Home implements OnDestroy {
  readonly shown = signal<StepEvent | undefined>(undefined)
  readonly #undos = [
    tourhook.on('step', event => this.shown.set(event)),
    tourhook.on('completed', () => this.shown.set(undefined)),
    tourhook.on('closed', () => this.shown.set(undefined)),
  ]

  constructor() {
    tourhook.start('welcome')
  }

  ngOnDestroy() {
    for (const undo of this.#undos) undo()
  }
}

@Component({ selector: 'app-other', template: '<h1>Other</h1>' })
class Other {}

@Component({
  selector: 'app-root',
  imports: [RouterLink, RouterOutlet],
  template: '<nav><a routerLink="/">Home</a> <a routerLink="/other">Other</a></nav><router-outlet />',
})
class App {}

bootstrapApplication(App, {
  providers: [
    provideRouter([
      { path: '', component: Home },
      { path: 'other', component: Other },
    ]),
  ],
})
