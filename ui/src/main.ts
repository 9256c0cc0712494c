// Mounts the window.
import '@fontsource-variable/inter/index.css';
import '@fontsource-variable/source-serif-4/index.css';
import './styles/tokens.css';
import './styles/base.css';
import { mount } from 'svelte';
import App from './App.svelte';
import Faults from './components/shared/Faults.svelte';
import { faults } from './state/faults.svelte';

// Asked for before the first words are there, so that these are laid out once.
for (const font of ['1rem "Inter Variable"', '1rem "Source Serif 4 Variable"'])
  void document.fonts.load(font);
faults.listen(window);
const target = document.getElementById('app');
if (target === null) throw new Error('index.html has no #app');
mount(Faults, { target: document.body });
mount(App, { target });
