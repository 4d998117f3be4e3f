import { clusterPairType } from '../clusters/portworx-kinds.ts';
import { may } from '../step/permissions-needed.ts';
import type { Step, StepContext } from '../step/step.ts';
import { say } from '../steps/kubectl.ts';
import { docs } from '../words/docs.ts';
import { fail } from '../words/problem.ts';
import type { Secret } from '../words/secret.ts';
import { putBack } from './issue-new-token.ts';
import { merge } from './merge.ts';
import { type Affected, refuseWhileMigrating } from './migrations.ts';
import { type PairLogin, readLoginLeft, readPairLogin } from './pair-login.ts';

/** Stork never looks at a Ready pair again, so the status of what was changed is emptied with the same write. */
export const renewLogin = (affected: Affected): Step => {
	const { way, pair } = affected;
	const { from } = way;
	const where = { name: pair.name, namespace: pair.namespace };
	const why = 'put the new token into the ClusterPair';
	const name = `${pair.namespace}/${pair.name}`;
	const login = ({ world, runId }: StepContext) => readPairLogin(world, way, pair, runId);
	return {
		id: `renew-login/${from}`,
		title: {
			plan: `Put the new token into the ClusterPair ${pair.name} on the ${from}`,
			doing: `Putting the new token into the ClusterPair ${pair.name} on the ${from}…`,
			holds: `The ClusterPair ${pair.name} on the ${from} holds the new token`,
		},
		on: from,
		docs: docs.serviceAccount,
		preview: [
			say(
				`Merge into ClusterPair ${name}, only as it was read: spec.config.users.<ServiceAccount>.token: ••••••••, status.schedulerStatus: "". Stork then logs in again.`,
			),
		],
		needs: [may(from, 'get', clusterPairType, why, where), may(from, 'patch', clusterPairType, why, where)],
		async check(context) {
			const { fresh, carried } = await login(context);
			if (fresh?.token?.equals(carried)) {
				return { kind: 'holds', evidence: `${name} holds the token of the Secret ${fresh.name}` };
			}
			await refuseWhileMigrating(context.world, affected);
			return { kind: 'absent', because: `${name} holds the old token` };
		},
		change: {
			makes: `the new token in the ClusterPair ${name} on the ${from}`,
			async apply(context) {
				const now = await login(context);
				const token = now.fresh?.token ?? tokenGone(affected);
				await merge(context, way.from, now.found, changesOf(now, token));
				return putBack(now.fresh?.object.metadata.uid);
			},
			async remains(context) {
				const now = await readLoginLeft(context.world, way, pair, context.runId);
				const { found, fresh, carried } = now;
				if (!found || !carried || !fresh?.token?.equals(carried)) {
					return { kind: 'absent' };
				}
				const old = now.old?.token;
				return old
					? {
							kind: 'deletable',
							identity: putBack(fresh.object.metadata.uid),
							caution: 'the old token is put back',
							async delete() {
								await merge(context, way.from, found, changesOf(now, old));
								return { kind: 'removed' };
							},
						}
					: { kind: 'kept', because: 'the old token is deleted; to have another one, rotate again' };
			},
		},
	};
};

const changesOf = ({ account }: Pick<PairLogin, 'account'>, token: Secret) => ({
	spec: { config: { users: { [account.name]: { token } } } },
	status: { schedulerStatus: '' },
});

const tokenGone = ({ way: { to } }: Affected): never =>
	fail({
		id: 'account-token-missing',
		side: to,
		title: `The new token of the ServiceAccount no longer exists on the ${to}`,
		remedies: ['Resume this rotation: it issues another one.'],
		docs: docs.serviceAccount,
	});
