import type { PairAnswers } from '../answers/answers.ts';
import { storageOptions } from '../cluster-pair/planned-pair.ts';
import { pxctlPath } from '../clusters/portworx.ts';
import { storageNodeType } from '../clusters/portworx-kinds.ts';
import { may, toRunPxctl } from '../step/permissions-needed.ts';
import type { Step } from '../step/step.ts';
import { docs } from '../words/docs.ts';
import type { Side } from '../words/pair.ts';
import { say } from './kubectl.ts';

/** @param pair the answers for the direction that points to this side */
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
