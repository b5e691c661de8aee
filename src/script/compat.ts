import { installUsetiful } from './usetiful.ts'

window.tourhook ??= []
window.tourhook.push(installUsetiful)
