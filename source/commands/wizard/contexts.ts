import type { Reach, WizardServices } from '../../conversation/services.ts';
import { type Kubeconfig, loadKubeconfig } from '../../gateways/kubernetes/kubeconfig.ts';
import { absolute } from '../../gateways/machine/files.ts';
import type { Draft } from '../../pairing/answers/draft.ts';
import type { Side } from '../../pairing/words/pair.ts';
import { problemThrown } from '../../pairing/words/problem.ts';

export function summaries({ contexts, currentContext }: Kubeconfig): WizardServices['contexts'] {
	return contexts.map(({ name, clusterName, server }) => ({
		name,
		cluster: clusterName,
		server: server ?? 'no server',
		isCurrent: name === currentContext,
	}));
}

/** The others keep the order of their files. */
export function lastUsedFirst(
	contexts: WizardServices['contexts'],
	lastUsed: readonly string[],
): WizardServices['contexts'] {
	const used = lastUsed.flatMap(name => contexts.filter(context => context.name === name));
	return [...used, ...contexts.filter(context => !used.includes(context))];
}

/** Of a file that is named in the conversation; what is read is remembered by its path. */
export async function readKubeconfig(
	path: string,
	folder: string,
	files: Map<string, Kubeconfig>,
): ReturnType<WizardServices['readKubeconfig']> {
	const file = absolute(path, folder);
	try {
		const read = await loadKubeconfig({ environment: undefined, file });
		files.set(file, read);
		return read.contexts.length === 0
			? { kind: 'mistake', text: `${path} has no contexts.` }
			: {
					kind: 'contexts',
					contexts: summaries(read).map(each => ({ ...each, isCurrent: false, kubeconfig: file })),
				};
	} catch (error) {
		const { title, evidence } = problemThrown(error);
		return { kind: 'mistake', text: [title, evidence].filter(Boolean).join(': ') };
	}
}

export async function probeContext(
	kubeconfig: Kubeconfig | undefined,
	context: string,
	signal: AbortSignal,
): Promise<Reach> {
	const entry = kubeconfig?.contexts.find(({ name }) => name === context);
	if (entry?.cluster?.fields['proxy-url']) {
		return { kind: 'unasked' };
	}
	// With it comes TLS, which the first frame can do without.
	const { probeServer } = await import('../../gateways/kubernetes/probe.ts');
	return probeServer(entry?.server ?? '', signal);
}

/** A context that is not to be found is asked for. */
export function withContextsOf(contexts: WizardServices['contexts'], draft: Draft): Draft {
	const there = (side: Side) =>
		draft.kubeconfigs[side] !== undefined || contexts.some(({ name }) => name === draft[side])
			? draft[side]
			: undefined;
	return { ...draft, source: there('source'), destination: there('destination') };
}
