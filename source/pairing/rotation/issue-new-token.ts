import { accountNamespace, rotationLabel, tokenSecretManifest } from '../cluster-pair/account.ts';
import { labelsOf, remainsOf, untilGone } from '../cluster-pair/ownership.ts';
import { secretType } from '../clusters/kubernetes.ts';
import { may } from '../step/permissions-needed.ts';
import type { Step, StepContext } from '../step/step.ts';
import { filled, refuseThoseOfOthers } from '../steps/issue-token.ts';
import { docs } from '../words/docs.ts';
import type { Manifest } from '../words/manifest.ts';
import type { Affected } from './migrations.ts';
import { readLoginLeft, readPairLogin } from './pair-login.ts';

/** Beside the old one, which stays valid. */
export const issueNewToken = ({ way, pair }: Affected, preview: Manifest): Step => {
	const { to } = way;
	const where = { namespace: accountNamespace };
	const why = 'issue a new token for the ServiceAccount of the pair';
	const login = ({ world, runId }: StepContext) => readPairLogin(world, way, pair, runId);
	return {
		id: `issue-new-token/${to}`,
		title: {
			plan: `Issue a new token for the ServiceAccount on the ${to}`,
			doing: `Waiting for a new token on the ${to}…`,
			holds: `The ServiceAccount has a new token on the ${to}`,
		},
		on: to,
		docs: docs.serviceAccount,
		preview: [{ kind: 'manifest', verb: 'create', on: to, manifest: preview }],
		needs: [
			may(to, 'get', secretType, why, where),
			may(to, 'create', secretType, why, where),
			may(to, 'delete', secretType, 'delete the old token of the ServiceAccount', where),
		],
		async check(context) {
			const { secrets, fresh, freshName } = await login(context);
			refuseThoseOfOthers(to, secrets);
			return fresh?.token
				? { kind: 'holds', evidence: `in the Secret ${accountNamespace}/${freshName}` }
				: { kind: 'absent', because: `the Secret ${accountNamespace}/${freshName} has none yet` };
		},
		change: {
			makes: `the new token of the ServiceAccount on the ${to}`,
			async apply(context) {
				const { account, secrets, fresh, freshName } = await login(context);
				const { api } = context.world[to];
				const leftover = secrets.find(({ name }) => name === freshName && name !== fresh?.name);
				if (leftover) {
					const { uid } = leftover.object.metadata;
					context.note(`deleting the Secret ${freshName}, which no pair uses`);
					await api.delete(secretType, freshName, accountNamespace, uid);
					await untilGone(
						context,
						{ side: to, type: secretType, name: freshName, namespace: accountNamespace },
						uid,
					);
				}
				const labels = { ...labelsOf(context.runId), [rotationLabel]: 'true' };
				const created = fresh
					? undefined
					: await api.create(secretType, tokenSecretManifest(account, labels, freshName));
				await filled(context, to, account, freshName);
				return created?.metadata.uid;
			},
			async remains(context) {
				const { fresh, carried } = await readLoginLeft(context.world, way, pair, context.runId);
				if (!fresh) {
					return { kind: 'absent' };
				}
				const isPutBack = context.goneBefore?.has(putBack(fresh.object.metadata.uid)) === true;
				return remainsOf(context, {
					side: to,
					type: secretType,
					name: fresh.name,
					namespace: accountNamespace,
					keep: async () =>
						carried && fresh.token?.equals(carried) && !isPutBack
							? `the ClusterPair ${pair.namespace}/${pair.name} uses it`
							: undefined,
				});
			},
		},
	};
};

/** What the undo of the pair's new login goes by: the pair has the old token then. */
export const putBack = (uid: string | undefined): string => `${uid ?? ''} in the pair`;
