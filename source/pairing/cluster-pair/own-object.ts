import type { PairAnswers } from '../answers/answers.ts';
import type { Direction } from '../answers/direction.ts';
import type { ResourceType } from '../clusters/resource-type.ts';
import type { StepChange, StepContext } from '../step/step.ts';
import { defined } from '../words/json.ts';
import type { Manifest } from '../words/manifest.ts';
import { type Account, accountFor } from './account.ts';
import { labelsOf, remainsOf } from './ownership.ts';
import { usedByPair } from './users.ts';

type OwnObject = Readonly<{
	way: Direction;
	pair: PairAnswers;
	type: ResourceType;
	manifest: (account: Account, labels: Readonly<Record<string, string>>) => Manifest;
	/** The fields that make it another's when someone changes them. */
	content?: readonly string[];
}>;

type Making = Required<Pick<StepChange, 'apply' | 'dryRun' | 'remains'>>;

/** How an object that is the pair's own is created and deleted: its ServiceAccount, and what belongs to that. */
export function ownObject({ way, pair, type, manifest, content }: OwnObject): Making {
	const { to: side } = way;
	const planned = async ({ world, runId }: StepContext) =>
		manifest(await accountFor(world, way, pair), labelsOf(runId));
	return {
		async apply(context) {
			const { metadata } = await context.world[side].api.create(type, await planned(context));
			return metadata.uid;
		},
		dryRun: async context => context.world[side].api.create(type, await planned(context), 'dry-run'),
		async remains(context) {
			const { name, namespace } = (await planned(context)).metadata;
			const keep = () => usedByPair(context, way, pair);
			return remainsOf(context, { side, type, name, keep, ...defined({ namespace, content }) });
		},
	};
}
