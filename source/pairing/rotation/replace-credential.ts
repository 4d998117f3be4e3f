import { type Credential, credentialName } from '../answers/credential.ts';
import { compareWithPlan } from '../cluster-pair/credential-traits.ts';
import { createCredentialCommand } from '../cluster-pair/pxctl-commands.ts';
import { pxctlPath } from '../clusters/portworx.ts';
import { toRunPxctl } from '../step/permissions-needed.ts';
import type { Identity, Step, StepContext } from '../step/step.ts';
import { createCredentialId, previewOf, remainsOfCredential } from '../steps/create-credential.ts';
import { docs } from '../words/docs.ts';
import { otherSide, type Side } from '../words/pair.ts';
import { PairingError, problemThrown } from '../words/problem.ts';
import { credentialGone, deleteSurely } from './credential-gone.ts';
import { type Affected, refuseWhileMigrating } from './migrations.ts';

type Replacing = Readonly<{
	side: Side;
	affected: Affected;
	credential: Credential;
	/** Of the destination of the pair, where it is known. */
	uuid: string | undefined;
	/** What earlier attempts made, by the ids of their steps. */
	made: ReadonlyMap<string, Identity>;
}>;

/** Portworx finds it by its name and can't edit it, so it is deleted and created again: without one for as long as that takes. */
export const replaceCredential = ({ side, affected, credential, uuid, made }: Replacing): Step => {
	const { to } = affected.way;
	const wayBack = to === 'source' ? ' for the way back' : '';
	const what = `object-store credential${wayBack}`;
	const shown = credentialName(uuid ?? `<UUID of the ${to}>`);
	const name = async ({ world }: StepContext) => credentialName(await world[to].discovery.uuid());
	const id = createCredentialId(side, to);
	let created = made.get(id);
	/** Whether this attempt has deleted the old one: what is there now is not that. */
	let isCleared = false;
	/** What the check found, by its UUID or, where this pxctl tells none, its name: that alone is deleted. */
	let found: string | undefined;
	return {
		id,
		title: {
			plan: `Replace the ${what} on the ${side}`,
			doing: `Replacing the ${what} on the ${side}…`,
			holds: `The ${what} holds the new key on the ${side}`,
		},
		on: side,
		docs: docs.credentials,
		preview: [
			{ kind: 'command', command: { where: side, file: pxctlPath, args: ['credentials', 'delete', shown] } },
			...previewOf(createCredentialCommand(side, shown, credential)),
		],
		needs: [toRunPxctl(side, 'replace the object-store credential')],
		async check(context) {
			const credentialId = await name(context);
			const { pxctl } = context.world[side];
			const state = await pxctl.validateCredential(credentialId);
			if (state.kind === 'absent') {
				found = undefined;
				return { kind: 'absent', because: `${credentialId} does not exist` };
			}
			// Its identity tells, and what can be read; the secret half can't.
			const stored = await pxctl.storedCredential(credentialId);
			found = stored?.uuid ?? credentialId;
			const { differences } = compareWithPlan(stored?.traits, credential);
			const isNew = created === undefined ? isCleared && differences.length === 0 : stored?.uuid === created;
			if (isNew) {
				return state.kind === 'valid'
					? { kind: 'holds', evidence: `${credentialId} validated by Portworx` }
					: { kind: 'absent', because: `${credentialId} does not validate: ${state.evidence}` };
			}
			await refuseWhileMigrating(context.world, affected);
			return { kind: 'absent', because: `${credentialId} holds a key that this rotation did not store` };
		},
		change: {
			makes: `the ${what} with the new key on the ${side}`,
			async apply(context) {
				const credentialId = await name(context);
				const { pxctl } = context.world[side];
				if (found !== undefined) {
					context.note(`deleting the credential ${credentialId} with the old key`);
					await deleteSurely(pxctl, found);
				}
				isCleared = true;
				created = undefined;
				context.note(`creating the credential ${credentialId} with the new key`);
				created = await pxctl.createCredential(credentialId, credential).catch((error: unknown) => {
					const problem = problemThrown(error);
					// One that exists was created by someone else meanwhile, with a key that is not known.
					isCleared = problem.id !== 'credential-exists';
					throw isCleared ? new PairingError(credentialGone(side, credentialId, problem)) : error;
				});
				return created;
			},
			identify: async context =>
				(await context.world[side].pxctl.storedCredential(await name(context)))?.uuid,
			remains: async context =>
				remainsOfCredential(context, { side, way: { from: otherSide(to), to }, name: await name(context) }),
		},
	};
};
