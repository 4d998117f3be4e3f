import type { Policy } from '../answers/answers.ts';
import { type Credential, credentialName } from '../answers/credential.ts';
import type { Direction } from '../answers/direction.ts';
import {
	comparedInWords,
	compareWithPlan,
	type StoredCredential,
} from '../cluster-pair/credential-traits.ts';
import { createCredentialCommand, keyFileInPod } from '../cluster-pair/pxctl-commands.ts';
import { usedByDestination } from '../cluster-pair/users.ts';
import type { Pxctl } from '../clusters/ports.ts';
import { decide } from '../step/decide.ts';
import { toRunPxctl } from '../step/permissions-needed.ts';
import type { Preview, Remains, Step, StepContext, UndoContext, Undone, Verdict } from '../step/step.ts';
import { type Command, shell } from '../words/command.ts';
import { docs } from '../words/docs.ts';
import { otherSide, type Side } from '../words/pair.ts';
import { clusterProblem, type Problem } from '../words/problem.ts';
import type { ProblemId } from '../words/problem-ids.ts';
import { command, keep, replace } from '../words/way.ts';
import { say } from './kubectl.ts';

/** The same store, under the same name, on each of the two clusters. */
export const createCredential = (
	side: Side,
	/** The cluster that the credential is named after: the one that the pair points to. */
	to: Side,
	credential: Credential,
	whenInvalid: Policy,
	uuid: string | undefined,
): Step => {
	const command: Command = createCredentialCommand(
		side,
		credentialName(uuid ?? `<UUID of the ${to}>`),
		credential,
	);
	const wayBack = to === 'source' ? ' for the way back' : '';
	const name = async ({ world }: StepContext) => credentialName(await world[to].discovery.uuid());
	/** Whether this run has cleared the way: what is there now need not be replaced once more. */
	let isCleared = false;
	let created: string | undefined;
	/** What the check found, by its UUID or, where this pxctl tells none, its name: that alone is replaced. */
	let found: string | undefined;
	return {
		id: createCredentialId(side, to),
		title: {
			plan: `Create the object-store credential${wayBack} on the ${side}`,
			doing: `Creating the object-store credential${wayBack} on the ${side}…`,
			holds: `The object-store credential${wayBack} exists on the ${side}`,
		},
		on: side,
		docs: docs.credentials,
		preview: previewOf(command),
		needs: [
			toRunPxctl(to, "read the cluster's UUID"),
			toRunPxctl(side, 'create the object-store credential'),
		],
		async check(context) {
			const credentialId = await name(context);
			const { pxctl } = context.world[side];
			const state = await pxctl.validateCredential(credentialId);
			const stored = state.kind === 'absent' ? undefined : await pxctl.storedCredential(credentialId);
			found = state.kind === 'absent' ? undefined : (stored?.uuid ?? credentialId);
			switch (state.kind) {
				case 'valid': {
					if (stored && stored.uuid === created) {
						return { kind: 'holds', evidence: `${credentialId} validated by Portworx` };
					}
					return isCleared || whenInvalid !== 'replace'
						? decideValid(whenInvalid, { side, name: credentialId, stored, credential })
						: { kind: 'absent', because: `${credentialId} exists and is to be replaced` };
				}
				case 'absent':
					return { kind: 'absent', because: `${credentialId} does not exist yet` };
				case 'invalid':
					return decideInvalid(whenInvalid, side, credentialId, state.evidence);
			}
		},
		change: {
			makes: `the object-store credential${wayBack} on the ${side}`,
			async apply(context) {
				const credentialId = await name(context);
				const { pxctl } = context.world[side];
				if (whenInvalid === 'replace' && found !== undefined) {
					context.note(`deleting the credential ${credentialId} to replace it`);
					await pxctl.deleteCredential(found);
				}
				isCleared = true;
				created = await pxctl.createCredential(credentialId, credential);
				return created;
			},
			identify: async context =>
				(await context.world[side].pxctl.storedCredential(await name(context)))?.uuid,
			remains: async context =>
				remainsOfCredential(context, { side, way: { from: otherSide(to), to }, name: await name(context) }),
		},
	};
};

/** Also of the step that replaces it: an undo of a run finds by it what took the place of what that made. */
export const createCredentialId = (side: Side, to: Side): string =>
	`create-credential/${side}${to === 'source' ? '/back' : ''}`;

type OwnCredential = Readonly<{ side: Side; way: Direction; name: string }>;

/** Only the one that this run created, and only when no pair uses it any more. */
export async function remainsOfCredential(
	context: UndoContext,
	{ side, way, name }: OwnCredential,
): Promise<Remains> {
	const { pxctl } = context.world[side];
	if ((await pxctl.validateCredential(name)).kind === 'absent') {
		return { kind: 'absent' };
	}
	const { made } = context;
	const uuid = (await pxctl.storedCredential(name))?.uuid;
	if (made !== undefined && uuid !== undefined && uuid !== made) {
		return { kind: 'kept', because: `the existing one was not created by this run (UUID ${uuid})` };
	}
	const because = await usedByDestination(context, way);
	return because === undefined
		? {
				kind: 'deletable',
				identity: uuid,
				...(side === way.to && { caution: unseenPairs }),
				delete: () => deleteCredential(pxctl, name, uuid),
			}
		: { kind: 'kept', because };
}

const unseenPairs =
	'pairs that further clusters have with this one would need it, and cannot be seen from here';

/** Gone is what is seen gone. */
export async function deleteCredential(
	pxctl: Pxctl,
	name: string,
	uuid: string | undefined,
): Promise<Undone> {
	await pxctl.deleteCredential(uuid ?? name);
	return (await pxctl.validateCredential(name)).kind === 'absent'
		? { kind: 'removed' }
		: { kind: 'kept', because: 'pxctl reported it as deleted, but still lists it' };
}

/** pxctl reads a key file by its path in the pod, so by hand the file has to be brought there, and must not stay. */
export function previewOf(command: Command): readonly Preview[] {
	const create: Preview = { kind: 'command', command };
	const remove: Command = { where: command.where, file: 'rm', args: ['-f', keyFileInPod] };
	return command.args.includes(keyFileInPod)
		? [
				say(`The key file is in that pod for as long as this takes, as ${keyFileInPod}.`),
				create,
				{ kind: 'command', command: remove },
			]
		: [create];
}

type Found = Readonly<{
	side: Side;
	name: string;
	/** undefined where this pxctl does not show it by its name. */
	stored: StoredCredential | undefined;
	credential: Credential;
}>;

/** A credential that validates may be another than was asked for: another key, region, endpoint or even provider. */
function decideValid(policy: Policy, { side, name, stored, credential }: Found): Verdict {
	const comparison = compareWithPlan(stored?.traits, credential);
	if (comparison.differences.length === 0) {
		return { kind: 'holds', evidence: `${name} validated by Portworx; ${comparedInWords(comparison)}` };
	}
	const evidence = `${name} differs from the answers in ${comparison.differences.join('; ')}`;
	const problem = existing(side, {
		id: 'credential-differs',
		title: `The ${side} has a credential of that name that differs from the answers`,
		evidence,
	});
	// What was to be replaced is replaced by now: it is still another one.
	return decide(policy === 'replace' ? 'stop' : policy, {
		kept: `kept: ${evidence}`,
		replaced: `${name} exists and is to be replaced`,
		problem,
		warns: true,
	});
}

/** Portworx cannot edit a credential: to replace is to delete and create, and only on the person's word. */
const decideInvalid = (policy: Policy, side: Side, name: string, evidence: string): Verdict =>
	decide(policy, {
		kept: `${name} kept, although it does not validate: ${evidence}`,
		replaced: `${name} does not validate and is to be replaced`,
		problem: existing(side, {
			id: 'credential-invalid',
			title: `The ${side} has a credential of that name that does not validate`,
			evidence: `${name}: ${evidence}`,
		}),
		warns: true,
	});

const existing = (side: Side, told: Readonly<{ id: ProblemId; title: string; evidence: string }>): Problem =>
	clusterProblem({
		...told,
		side,
		remedies: [
			replace('Delete it and create it again', 'credential'),
			keep('Keep it', 'credential'),
			command(`Or look at it first, in a Portworx pod of the ${side}`, shell`pxctl credentials list`),
		],
		docs: docs.credentials,
	});
