import { blockers, warnings } from '../conversation/found/found.ts';
import { asideHelp } from '../conversation/questions/help-texts.ts';
import { shortNames } from '../conversation/questions/questions.ts';
import type { Phase } from '../conversation/story/aftermath.ts';
import { foundHere, type WizardState } from '../conversation/wizard-state.ts';
import { countsOf } from '../pairing/words/counted.ts';
import type { RunState } from '../runner/run-state.ts';
import { undoneCounts, undoneText } from '../runner/undone-text.ts';

/** What the screen of a question is about. */
export function titleOf(state: WizardState): string {
	const { place, overlay, draft } = state;
	const found = foundHere(state);
	if (place.kind !== 'question') {
		return asideHelp.answers.title;
	}
	if (overlay === 'problems') {
		return countsOf(blockers(found, draft).length, warnings(found).length);
	}
	return overlay === 'none' || overlay === 'help' ? shortNames[place.id] : asideHelp[overlay].title;
}

/** What has become of a run. @param left how much of what was made exists */
export function runTitle(phase: Phase, run: RunState, left: number): string {
	const { result, rows } = run;
	switch (phase) {
		case 'running':
			return 'Pairing';
		case 'undoing':
			return 'Undoing';
		case 'undone':
			return undoneText(undoneCounts(run, left));
		case 'ended':
			return result?.kind === 'done'
				? 'Done'
				: result?.kind === 'cancelled'
					? 'Stopped'
					: failedTitle(rows, left);
	}
}

function failedTitle(rows: RunState['rows'], left: number): string {
	const step = rows.findIndex(({ state }) => state.kind === 'failed') + 1;
	const changed =
		left === 0 ? 'Nothing was changed' : left === 1 ? '1 change was made' : `${left} changes were made`;
	return step === 0 ? `Failed. ${changed}` : `Failed at step ${step} of ${rows.length}. ${changed}`;
}
