import { createPinia } from 'pinia'
import { createApp } from 'vue'
import App from './App.vue'
import { connectLab } from './rpc/index.ts'
import { useLabStore } from './stores/lab.ts'
import { useNetworksStore } from './stores/networks.ts'
import { useSettingsStore } from './stores/settings.ts'
import './styles/index.css'

const app = createApp(App).use(createPinia())
void useLabStore().open(connectLab())
void useSettingsStore().load()
void useNetworksStore().load()
app.mount('#app')
