import type { Pair, Side } from '../../pairing/words/pair.ts';
import type { ContextRef, ContextSummary, WizardServices } from '../services.ts';
import type { WizardState } from '../wizard-state.ts';

export const otherFileLabel = 'Another kubeconfig file…';
export const fileQuestion = 'Which kubeconfig file holds the other contexts?';
export const fileRemark = 'Its contexts join the list. The file is read, and never changed.';

export const contextQuestion: Pair<Readonly<{ before: string; after: string }>> = {
	source: { before: 'Which cluster is the ', after: ': where do the applications run now?' },
	destination: { before: 'Which cluster is the ', after: ': where can the applications be migrated to?' },
};
export const takenRemark = 'That is the source: choose another';

/** Those of the usual files, then those of files that were named here. */
export function contextsFor(
	services: Pick<WizardServices, 'contexts'>,
	state: Pick<WizardState, 'added' | 'draft'>,
	side: Side,
) {
	const contexts = [...services.contexts, ...state.added];
	const source = side === 'destination' ? chosenContext(state, 'source') : undefined;
	const taken = source && contextId(source);
	const free = contexts.filter(context => contextId(context) !== taken);
	const first =
		chosenContext(state, side) ?? (side === 'source' ? free.find(({ isCurrent }) => isCurrent) : free[0]);
	return {
		contexts,
		/** The other side's, which cannot be this one, too. */
		taken,
		/** Chosen before, or the likely one. */
		first: first && contextId(first),
		few: tooFew(contexts),
	};
}

/** Two files may have a context of one name. */
export const contextId = ({ name, kubeconfig }: ContextRef): string =>
	kubeconfig === undefined ? name : `${name}\0${kubeconfig}`;

/** The one that was chosen for a side. */
export function chosenContext({ draft }: Pick<WizardState, 'draft'>, side: Side): ContextRef | undefined {
	const [name, kubeconfig] = [draft[side], draft.kubeconfigs[side]];
	return name === undefined ? undefined : { name, ...(kubeconfig !== undefined && { kubeconfig }) };
}

/** Two clusters are needed: what to do where there are not two contexts to choose. */
function tooFew(contexts: readonly ContextSummary[]): string | undefined {
	if (contexts.length > 1) {
		return undefined;
	}
	return contexts.length === 0
		? 'The kubeconfig has no contexts. Choose another file, or start again with KUBECONFIG=a.yaml:b.yaml pxpair.'
		: 'The kubeconfig has only one context. The other cluster may be in another file.';
}
