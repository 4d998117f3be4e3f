import { command } from '../command.ts';
import type { Flags } from '../flags.ts';
import { kubeconfig, practice as shared } from '../options.ts';

const flags = {
	scenario: { ...shared.scenario, isUnlisted: false, does: 'what they contain; so does --practice=NAME' },
	list: { type: 'boolean', does: 'all there are, healthy ones and drills' },
	kubeconfig: { ...kubeconfig.kubeconfig, does: 'where to write their kubeconfig' },
	practice: { ...shared.practice, isUnlisted: true },
} as const satisfies Flags;

export const practice = command({
	name: 'practice',
	summary: 'serve two pretend clusters until Ctrl-C',
	flags,
	help: {
		about:
			'Serves two pretend clusters, east and west, until Ctrl-C. They speak the real Kubernetes protocol: point kubectl at them.',
		example: 'pxpair practice --scenario azure --kubeconfig practice.yaml',
	},
	read: ({ scenario, kubeconfig, list }) => ({ scenario, kubeconfig, list }),
	load: async () => (await import('../../practice.ts')).practiceCommand,
});
