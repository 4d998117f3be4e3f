import { useEffect, useState } from 'react';
import type { WizardServices } from '../../conversation/services.ts';
import type { WizardState } from '../../conversation/wizard-state.ts';
import { defined } from '../../pairing/words/json.ts';

/** Those there are on the source, while they are asked for. */
export function useNamespaces(
	services: WizardServices,
	state: WizardState,
	isAsked: boolean,
): readonly string[] {
	const [names, setNames] = useState<readonly string[]>([]);
	const { source } = state.draft;
	const { source: kubeconfig } = state.draft.kubeconfigs;
	useEffect(() => {
		if (isAsked && source !== undefined) {
			services.namespaces({ name: source, ...defined({ kubeconfig }) }).then(found => setNames(found ?? []));
		}
	}, [services, source, kubeconfig, isAsked]);
	return isAsked ? names : [];
}
