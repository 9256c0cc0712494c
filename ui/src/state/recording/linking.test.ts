import { expect, test } from 'vitest';
import { isRecording } from './files';
import { offsetMs, offsetWords } from './linking.svelte';

test.each([
  ['0', 0],
  ['-2.5', -2_500],
  ['−2,5', -2_500],
  ['12', 12_000],
  ['1:02.25', 62_250],
  ['-1:00', -60_000],
  ['', null],
  ['soon', null],
  ['1.2345', null],
  ['90000', null],
])('the offset %j is %j ms', (typed, ms) => {
  expect(offsetMs(typed)).toBe(ms);
});

test('an offset is shown as it can be typed', () => {
  for (const ms of [0, -2_500, 62_250]) expect(offsetMs(offsetWords(ms))).toBe(ms);
});

test('recordings are known by the end of their names', () => {
  expect(isRecording('/data/Ada 3.MP3')).toBe(true);
  expect(isRecording('C:\\data\\ada.webm')).toBe(true);
  expect(isRecording('/data/ada.mp3.vtt')).toBe(false);
  expect(isRecording('/data/mp3')).toBe(false);
});
