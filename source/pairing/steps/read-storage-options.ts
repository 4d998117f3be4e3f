import type { PairAnswers } from '../answers.ts';
import { docs } from '../docs.ts';
import { storageOptions } from '../planned-pair.ts';
import { pxctlPath } from '../portworx.ts';
import type { Step } from '../step.ts';
import { say } from './kubectl.ts';

export const readStorageOptions = (pair: PairAnswers): Step => ({
	id: 'read-storage-options/destination',
	title: {
		plan: 'Fill in the storage options from the destination',
		doing: 'Reading token and endpoint of the destination…',
		holds: 'The storage options are filled in',
	},
	on: 'destination',
	docs: docs.token,
	preview: [
		{
			kind: 'command',
			command: { where: 'destination', file: pxctlPath, args: ['cluster', 'token', 'show'] },
		},
		say('Its value, ip and port go into spec.options of the spec, all as quoted strings.'),
	],
	async check({ world }) {
		const { endpoint, mode } = await storageOptions(world, pair);
		const options = [`ip ${endpoint.ip}`, `port ${endpoint.port}`, 'token ••••••••', mode && `mode ${mode}`];
		return { kind: 'holds', evidence: options.filter(Boolean).join(', ') };
	},
});
