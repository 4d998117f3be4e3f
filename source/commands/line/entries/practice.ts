import { command } from '../command.ts';
import type { Flags } from '../flags.ts';
import { kubeconfig, practice as shared } from '../options.ts';

const flags = {
	scenario: {
		...shared.scenario,
		isUnlisted: false,
		does: 'what the clusters contain; same as --practice=NAME',
	},
	list: { type: 'boolean', does: 'list all scenarios: healthy clusters and drills' },
	kubeconfig: { ...kubeconfig.kubeconfig, does: 'where to write their kubeconfig' },
	practice: { ...shared.practice, isUnlisted: true },
} as const satisfies Flags;

export const practice = command({
	name: 'practice',
	summary: 'serve two practice clusters until Ctrl-C',
	flags,
	help: {
		about:
			'Serves two practice clusters, east and west, until Ctrl-C. They speak the real Kubernetes protocol, so kubectl works with them.',
		example: 'pxpair practice --scenario azure --kubeconfig practice.yaml',
	},
	read: ({ scenario, kubeconfig, list }) => ({ scenario, kubeconfig, list }),
	load: async () => (await import('../../practice.ts')).practiceCommand,
});
