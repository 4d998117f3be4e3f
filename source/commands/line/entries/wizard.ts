import { command } from '../command.ts';
import { type Flags, inBrief } from '../flags.ts';
import { commonOf, runFlags } from '../options.ts';

const flags = {
	...inBrief(runFlags),
	practice: { ...runFlags.practice, does: 'use two practice clusters inside this program' },
	kubeconfig: { ...runFlags.kubeconfig, does: 'instead of KUBECONFIG or ~/.kube/config' },
	answers: { type: 'string', value: 'FILE', does: 'start with these; only the rest is asked' },
} as const satisfies Flags;

export const wizard = command({
	name: 'wizard',
	usage: 'pxpair [--practice]',
	summary: 'pair two clusters, one question at a time',
	flags,
	help: { about: 'pxpair pairs two Kubernetes clusters that run Portworx.', example: 'pxpair --practice' },
	seesThrough: 'in-lines',
	read: ({ answers, ...common }) => ({ answers, common: commonOf(common) }),
	load: async () => (await import('../../wizard.ts')).wizardCommand,
});
