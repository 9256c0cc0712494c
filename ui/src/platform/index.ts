// What the interface needs from the machine it runs on. Everything else goes through `call`.

import type { Notice } from '$schemas/api';

/** A refusal of the core: switch on `code`, show `message`. */
export interface CallError {
  code: string;
  message: string;
}

export interface FileFilter {
  name: string;
  extensions: string[];
}

export interface DroppedFiles {
  paths: string[];
}

/** Ends a subscription. */
export type Stop = () => void;

export interface Platform {
  /** Runs one command of the core; calls are answered in the order they are made. Rejects with a CallError. */
  call<Reply>(name: string, payload?: unknown): Promise<Reply>;
  /** Asks for files to open; empty when the person closes the dialog. */
  pickFiles(title: string, filters: FileFilter[]): Promise<string[]>;
  /** Asks where to save; null when the person closes the dialog. */
  pickDestination(title: string, suggested: string, filters: FileFilter[]): Promise<string | null>;
  /** Puts words where they can be pasted from; to be called while the key or click that asked for it is being heard. */
  copyText(words: Promise<string>): Promise<void>;
  /** Tells of files dropped on the window. */
  onFilesDropped(heard: (files: DroppedFiles) => void): Promise<Stop>;
  /** Tells of trouble with what is done unasked: the daily backup, the check after opening. */
  onNotice(heard: (notice: Notice) => void): Promise<Stop>;
  /** Asked before the window closes: it closes once `ready` resolves to true. */
  onClosing(ready: () => Promise<boolean>): Promise<Stop>;
}

export { tauri as platform } from './tauri';
