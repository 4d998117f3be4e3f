import type { Side } from '../../pairing/words/pair.ts';
import type { ContextRef, ContextSummary, WizardServices } from '../services.ts';
import type { WizardState } from '../wizard-state.ts';

export const otherFileLabel = 'Another kubeconfig file…';
export const fileQuestion = 'Which kubeconfig file holds the other contexts?';
export const fileRemark = 'Its contexts join the list. The file is read, and never changed.';

/** Those of the usual files, then those of files that were named here. */
export const contextsIn = (
	{ contexts }: Pick<WizardServices, 'contexts'>,
	{ added }: Pick<WizardState, 'added'>,
): readonly ContextSummary[] => [...contexts, ...added];

/** Two files may have a context of one name. */
export const contextId = ({ name, kubeconfig }: ContextRef): string =>
	kubeconfig === undefined ? name : `${name}\0${kubeconfig}`;

/** The one that was chosen for a side. */
export function chosenContext({ draft }: Pick<WizardState, 'draft'>, side: Side): ContextRef | undefined {
	const [name, kubeconfig] = [draft[side], draft.kubeconfigs[side]];
	return name === undefined ? undefined : { name, ...(kubeconfig !== undefined && { kubeconfig }) };
}

/** Two clusters are needed: what to do where there are not two contexts to choose. */
export function tooFew(contexts: readonly ContextSummary[]): string | undefined {
	if (contexts.length > 1) {
		return undefined;
	}
	return contexts.length === 0
		? 'The kubeconfig has no contexts. Choose another file, or start again with KUBECONFIG=a.yaml:b.yaml pxpair.'
		: 'The kubeconfig has only one context. The other cluster may be in another file.';
}
