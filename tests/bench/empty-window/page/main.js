/* global document, performance, requestAnimationFrame */
// Puts one line of text on the page, and marks the moment as the program does with its first turns.
document.getElementById('app').textContent = 'Empty';
requestAnimationFrame(() => requestAnimationFrame(() => performance.mark('turns-painted')));
