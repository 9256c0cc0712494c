// The platform as Tauri provides it: the only file that knows Tauri.
import { invoke } from '@tauri-apps/api/core';
import { listen } from '@tauri-apps/api/event';
import { getCurrentWebview } from '@tauri-apps/api/webview';
import { getCurrentWindow } from '@tauri-apps/api/window';
import { open, save } from '@tauri-apps/plugin-dialog';
import type { Notice } from '$schemas/api';
import type { Platform } from './index';

export const tauri: Platform = {
  call: (name, payload = null) => invoke('call', { name, payload }),

  async pickFiles(title, filters) {
    return (await open({ title, filters, multiple: true, directory: false })) ?? [];
  },

  pickDestination: (title, suggested, filters) => save({ title, defaultPath: suggested, filters }),

  copyText: (words) =>
    // The web engine lets go of the permission while it is waited for, unless it is given the promise itself.
    navigator.clipboard.write([
      new ClipboardItem({ 'text/plain': words.then((text) => new Blob([text], { type: 'text/plain' })) }),
    ]),

  onFilesDropped: (heard) =>
    getCurrentWebview().onDragDropEvent(({ payload }) => {
      if (payload.type === 'drop') heard({ paths: payload.paths });
    }),

  onNotice: (heard) =>
    listen<Notice>('notice', ({ payload }) => {
      heard(payload);
    }),

  onClosing: (ready) =>
    getCurrentWindow().onCloseRequested(async (event) => {
      if (!(await ready())) event.preventDefault();
    }),
};
