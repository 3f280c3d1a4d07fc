import { createPinia } from 'pinia'
import { createApp } from 'vue'
import App from './App.vue'
import { connectLab } from './rpc/index.ts'
import { openStores } from './stores/open.ts'
import './styles/index.css'

const app = createApp(App).use(createPinia())
void openStores(connectLab())
app.mount('#app')
