import type { Credential } from '../answers/credential.ts';
import { createCredentialCommand } from '../cluster-pair/pxctl-commands.ts';
import { toRunPxctl } from '../step/permissions-needed.ts';
import type { Step, StepContext } from '../step/step.ts';
import { deleteCredential, previewOf } from '../steps/create-credential.ts';
import { say } from '../steps/kubectl.ts';
import { docs } from '../words/docs.ts';
import type { Side } from '../words/pair.ts';

/**
 * Portworx tries a key when it creates a credential, and only then. So it creates one under a name that no pair uses, before the old
 * credential is deleted.
 */
export const tryCredential = (side: Side, credential: Credential): Step => {
	const name = ({ runId }: Pick<StepContext, 'runId'>) => `pxpair-trial_${runId}`;
	let isProven = false;
	return {
		id: `try-credential/${side}`,
		title: {
			plan: `Try the new key with Portworx on the ${side}`,
			doing: `Trying the new key with Portworx on the ${side}…`,
			holds: `Portworx accepts the new key on the ${side}`,
		},
		on: side,
		docs: docs.credentials,
		preview: [
			...previewOf(createCredentialCommand(side, 'pxpair-trial', credential)),
			say('That credential is deleted at once: no pair uses it.'),
		],
		needs: [toRunPxctl(side, 'try the new key')],
		async check(context) {
			if (isProven) {
				return { kind: 'holds', evidence: `created and deleted ${name(context)}` };
			}
			const { kind } = await context.world[side].pxctl.validateCredential(name(context));
			return {
				kind: 'absent',
				because: kind === 'absent' ? 'it has not been tried yet' : `the trial ${name(context)} still exists`,
			};
		},
		change: {
			kind: 'trial',
			makes: `a credential to try the new key on the ${side}`,
			async apply(context) {
				const { pxctl } = context.world[side];
				// An attempt that was interrupted may have left it.
				await pxctl.deleteCredential(name(context));
				let created: string | undefined;
				try {
					created = await pxctl.createCredential(name(context), credential);
				} finally {
					await pxctl.deleteCredential(created ?? name(context));
				}
				isProven = true;
				return undefined;
			},
			async remains(context) {
				const { pxctl } = context.world[side];
				return (await pxctl.validateCredential(name(context))).kind === 'absent'
					? { kind: 'absent' }
					: {
							kind: 'deletable',
							identity: undefined,
							delete: () => deleteCredential(pxctl, name(context), undefined),
						};
			},
		},
	};
};
