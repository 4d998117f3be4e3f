import type { PairAnswers } from '../answers.ts';
import { docs } from '../docs.ts';
import { storageNodeType } from '../kubernetes.ts';
import { may, toRunPxctl } from '../needs.ts';
import type { Side } from '../pair.ts';
import { storageOptions } from '../planned-pair.ts';
import { pxctlPath } from '../portworx.ts';
import type { Step } from '../step.ts';
import { say } from './kubectl.ts';

/** @param pair the answers for the direction that leads to this side */
export const readStorageOptions = (side: Side, pair: PairAnswers): Step => ({
	id: `read-storage-options/${side}`,
	title: {
		plan: `Fill in the storage options from the ${side}`,
		doing: `Reading token and endpoint of the ${side}…`,
		holds: `The storage options of the ${side} are filled in`,
	},
	on: side,
	docs: docs.token,
	preview: [
		{
			kind: 'command',
			command: { where: side, file: pxctlPath, args: ['cluster', 'token', 'show'] },
		},
		say('Its value, ip and port go into spec.options of the spec, all as quoted strings.'),
	],
	needs: [
		toRunPxctl(side, 'read the cluster token'),
		...(pair.endpoint ? [] : [may(side, 'list', storageNodeType, 'find the address of Portworx')]),
	],
	async check({ world }) {
		const { endpoint, mode } = await storageOptions(world[side], pair);
		const options = [`ip ${endpoint.ip}`, `port ${endpoint.port}`, 'token ••••••••', mode && `mode ${mode}`];
		return { kind: 'holds', evidence: options.filter(Boolean).join(', ') };
	},
});
