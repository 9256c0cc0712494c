// What the judging keys do: every action of the table that is about a marker, a conflict, a window or a note.
import { keys } from '../../keys/dispatch.svelte';
import type { ActionId } from '../../keys/map';
import type { CodingState } from '../../state/coding.svelte';
import type { Judging } from '../../state/judging.svelte';
import type { Player } from '../../state/player.svelte';

interface Does {
  coding: CodingState;
  judging: Judging;
  player: Pick<Player, 'nowMs' | 'onWindowEnd'>;
  search: () => void;
}

/** Registers them until the returned function is called. */
export function registerJudging({ coding, judging, player, search }: Does): () => void {
  const { windows } = judging;
  const writable = () => !coding.readOnly;
  const onMarker = () => writable() && judging.marker !== null;
  const onConflict = () => writable() && judging.conflict !== null;
  const onRepair = () => writable() && judging.marker?.kind === 'repair';
  const hasWindows = () => windows.list.length > 0;

  const parts: [ActionId, () => void, () => boolean][] = [
    ['judging.join', () => judging.join(), onConflict],
    ['judging.part', () => judging.part(), onConflict],
    ['judging.factors', () => judging.startFactors(), onConflict],
    ['judging.relationship', () => judging.startRelationship(), onConflict],
    ['judging.elements', () => judging.startElements(), onConflict],
    ['judging.origin', () => unfoldOrigin(judging), onConflict],
    ['judging.addressed', () => judging.cycleAddressed(), onConflict],
    ['judging.settled', () => judging.cycleSettled(), onConflict],
    ['judging.depth', () => judging.startDepth(), onRepair],
    ['judging.actor', () => judging.cycleActor(), onMarker],
    ['judging.recode', () => judging.startRecode(), onMarker],
    ['judging.clarity', () => judging.cycleClarity(), onMarker],
    ['judging.discuss', () => judging.toggleDiscuss(), onMarker],
    ['judging.note', () => judging.askNote(), writable],
    ['marker.delete', () => judging.remove(), onMarker],
    ['app.search', search, () => true],
    ['coding.windowSheet', () => windows.openAt(player.nowMs), hasWindows],
    ['coding.nothingHere', () => judging.toggleNothingHere(player.nowMs), () => writable() && hasWindows()],
  ];
  const ends = [
    ...parts.map(([id, run, enabled]) => keys.handle(id, run, { enabled })),
    player.onWindowEnd(({ startMs }) => windows.openAt(startMs, true)),
  ];
  return () => {
    for (const end of ends) end();
  };
}

function unfoldOrigin(judging: Judging): void {
  judging.unfolded.more = true;
  judging.startOrigin();
}
