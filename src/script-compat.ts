import { installUsetiful } from './compat.ts'

window.tourhook ??= []
window.tourhook.push(installUsetiful)
