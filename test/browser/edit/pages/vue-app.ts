import { createApp } from 'vue'
import Settings from './Settings.vue'

createApp(Settings).mount(document.body.appendChild(document.createElement('div')))
