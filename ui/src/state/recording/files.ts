// Which files are recordings, by their names: what they are is told by the core, from their content.
import type { FileFilter } from '../../platform';

const EXTENSIONS = ['wav', 'mp3', 'ogg', 'oga', 'opus', 'flac', 'webm', 'm4a', 'mp4', 'm4v', 'mov', 'ogv'];

export const RECORDINGS: FileFilter[] = [
  { name: 'Recordings', extensions: EXTENSIONS },
  { name: 'All files', extensions: ['*'] },
];

export const isRecording = (path: string): boolean =>
  EXTENSIONS.includes(path.slice(path.lastIndexOf('.') + 1).toLowerCase());
