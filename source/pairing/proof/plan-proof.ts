import type { Answers } from '../answers/answers.ts';
import { claimType, configMapType, ownMigrationType, workPodType } from '../clusters/migration-kinds.ts';
import type { Permission } from '../clusters/permission.ts';
import type { Need } from '../step/permissions-needed.ts';
import type { Plan, Step } from '../step/step.ts';
import { ensureNamespace } from '../steps/ensure-namespace.ts';
import { reachCluster } from '../steps/reach-cluster.ts';
import { defined } from '../words/json.ts';
import { sides } from '../words/pair.ts';
import { awaitMigrated, awaitNoticed } from './await-migration.ts';
import { awaitRead, awaitWritten } from './await-pod.ts';
import { checkProof } from './check-proof.ts';
import { createObject, removeObject } from './create-object.ts';
import { afterMigration, afterWriting } from './later.ts';
import {
	claimManifest,
	configMapManifest,
	type Labels,
	migrationManifest,
	readerManifest,
	writerManifest,
} from './objects.ts';
import { hasOwnNamespace, type Proof } from './proof.ts';
import { migrated, provisioned } from './traces.ts';

/** From here on there may be something in the object store. */
export const migrationStep = 'create-migration/source';

/** Seconds that the Migration gets, and more than a pod needs. */
export const migrationSeconds = 600;

/** A volume written on the source, migrated over the pair, and read on the destination. What it creates, its undo removes. */
export function planProof(answers: Answers, proof: Proof, seconds: number = migrationSeconds): Plan {
	const { source, destination, pair } = answers;
	const contexts = { source: source.context, destination: destination.context };
	const of = { proof, pair };
	const writer = {
		side: 'source',
		type: workPodType,
		what: 'the writing pod',
		manifest: (labels: Labels) => writerManifest(proof, labels),
	} as const;
	const migration = {
		side: 'source',
		type: ownMigrationType,
		what: 'the Migration',
		manifest: (labels: Labels) => migrationManifest(of, labels),
	} as const;
	const work: Plan['stages'] = [
		sides.map(side => ensureNamespace(side, contexts[side], proof.namespace)),
		[
			createObject({
				id: 'create-claim',
				side: 'source',
				type: claimType,
				what: 'the claim',
				manifest: labels => claimManifest(proof, labels),
				brings: provisioned(proof),
			}),
			createObject({
				id: 'create-configmap',
				side: 'source',
				type: configMapType,
				what: 'the ConfigMap',
				manifest: labels => configMapManifest(proof, labels),
			}),
		],
		[createObject({ ...writer, id: 'create-writer', until: afterWriting(of) })],
		[awaitWritten(of, contexts.source, seconds)],
		// So that the volume is whole and not in use while it is copied.
		[removeObject({ ...writer, id: 'remove-writer' })],
		[
			createObject({
				...migration,
				id: 'create-migration',
				brings: migrated(proof),
				until: afterMigration(of),
			}),
		],
		[awaitNoticed(of, contexts.source)],
		[awaitMigrated(of, contexts.source, seconds)],
		// What it came to is recorded. With the reading pod beside it there could be more than ten objects.
		[removeObject({ ...migration, id: 'remove-migration' })],
		[
			createObject({
				id: 'create-reader',
				side: 'destination',
				type: workPodType,
				what: 'the reading pod',
				manifest: labels => readerManifest(proof, labels),
			}),
		],
		[awaitRead(proof, contexts.destination, seconds)],
	];
	const title = `Prove ${contexts.source} → ${contexts.destination} over ${pair.namespace}/${pair.name}`;
	const plan: Plan = {
		title,
		stages: work.map(stage => stage.map(step => withRightsOf(proof, step))),
		remarks: remarksOf(proof),
	};
	const check = checkProof(pair, () => whole);
	const reach = sides.map(side => reachCluster(side, contexts[side]));
	const whole: Plan = { ...plan, stages: [reach, [check], ...plan.stages] };
	return whole;
}

/**
 * The removal is part of every proof. And the name of a namespace of its own is another one each time, so no Role can be for that
 * namespace alone.
 */
function withRightsOf(proof: Proof, step: Step): Step {
	const { needs, change } = step;
	const own = (need: Need): Need => {
		if ('oncePortworxIsFound' in need) {
			return need;
		}
		const { for: purpose, ...right } = need;
		const asked: Permission = purpose === 'help' ? need : right;
		return hasOwnNamespace(proof) ? inAnyNamespace(asked, proof.namespace) : asked;
	};
	const brings = change?.brings?.map(brought => withRightsOf(proof, brought));
	return {
		...step,
		needs: needs.map(own),
		...(change && { change: { ...change, ...(brings && { brings }) } }),
	};
}

function inAnyNamespace(right: Permission, own: string): Permission {
	const { namespace, name, unlessNamespace: _, ...anywhere } = right;
	return {
		...anywhere,
		...defined({
			namespace: namespace === own ? undefined : namespace,
			name: name === own ? undefined : name,
		}),
	};
}

const remarksOf = (proof: Proof): readonly string[] => [
	hasOwnNamespace(proof)
		? `Everything is in a namespace of its own, ${proof.namespace}, and removed at the end on both clusters.`
		: `Stork migrates only the namespace of this pair, so the proof works inside ${proof.namespace}: it creates objects named ${proof.name}, migrates only those by their label, and removes them at the end on both clusters. Nothing else in it is touched.`,
	'Portworx copies the volume through the object store, and may keep its cloud snapshot there: that is not removed.',
];
