import { accountNamespace, carriedBy, type TokenSecret } from '../cluster-pair/account.ts';
import { isOurs } from '../cluster-pair/ownership.ts';
import { secretType } from '../clusters/kubernetes.ts';
import { type ClusterPairObject, clusterPairType } from '../clusters/portworx-kinds.ts';
import { may } from '../step/permissions-needed.ts';
import type { Step, StepContext } from '../step/step.ts';
import { say } from '../steps/kubectl.ts';
import { shell } from '../words/command.ts';
import { docs } from '../words/docs.ts';
import { fail } from '../words/problem.ts';
import { command } from '../words/way.ts';
import type { Affected } from './migrations.ts';
import { readLoginLeft } from './pair-login.ts';

/** Only once the pair works with the new one, and only a Secret of ours that no pair uses. */
export const deleteOldToken = (affected: Affected): Step => {
	const { from, to } = affected.way;
	const what = `the old token of the ServiceAccount on the ${to}`;
	return {
		id: `delete-old-token/${to}`,
		title: {
			plan: `Delete ${what}`,
			doing: `Deleting ${what}…`,
			holds: `The old token of the ServiceAccount is deleted on the ${to}`,
		},
		on: to,
		docs: docs.serviceAccount,
		preview: [
			say(`Delete its Secret in ${accountNamespace}, by its UID, unless another ClusterPair uses it.`),
		],
		needs: [
			may(from, 'list', clusterPairType, 'see whether another ClusterPair uses the old token', {}),
			may(to, 'delete', secretType, 'delete the old token of the ServiceAccount', {
				namespace: accountNamespace,
			}),
		],
		async check(context) {
			const { old, users, isCarried } = await look(affected, context);
			if (!isCarried) {
				return changedSince(affected);
			}
			if (!old) {
				return { kind: 'holds', evidence: 'there is none besides the new one' };
			}
			const name = `the Secret ${accountNamespace}/${old.name}`;
			if (!isOurs(old.object)) {
				return { kind: 'holds', evidence: `${name} is kept: pxpair did not create it`, isKept: true };
			}
			return users.length > 0
				? {
						kind: 'holds',
						evidence: `${name} is kept: the ClusterPair ${users.join(', ')} uses it`,
						isKept: true,
					}
				: { kind: 'absent', because: `${name} still exists` };
		},
		change: {
			kind: 'deletion',
			makes: what,
			async apply(context) {
				const { old, users, isCarried } = await look(affected, context);
				if (isCarried && old && isOurs(old.object) && users.length === 0) {
					await context.world[to].api.delete(
						secretType,
						old.name,
						accountNamespace,
						old.object.metadata.uid,
						old.object.metadata.resourceVersion,
					);
				}
				return undefined;
			},
			async remains(context) {
				return (await look(affected, context)).old
					? { kind: 'kept', because: 'this rotation did not create it' }
					: { kind: 'absent' };
			},
		},
	};
};

type Left = Readonly<{ old: TokenSecret | undefined; users: readonly string[]; isCarried: boolean }>;

async function look({ way, pair }: Affected, { world, runId }: StepContext): Promise<Left> {
	const { account, carried, old, fresh } = await readLoginLeft(world, way, pair, runId);
	const isCarried = carried !== undefined && fresh?.token?.equals(carried) === true;
	const pairs = old ? ((await world[way.from].api.list(clusterPairType)) ?? []) : [];
	return { old, users: pairs.filter(found => isUser(found, account.name, old)).map(nameOf), isCarried };
}

const changedSince = ({ way: { from }, pair }: Affected): never =>
	fail({
		id: 'account-token-differs',
		side: from,
		title: `The ClusterPair ${pair.name} on the ${from} holds another token than this rotation issued`,
		evidence: `ClusterPair ${pair.namespace}/${pair.name}: changed since, perhaps by another rotation`,
		remedies: [
			'Find out who else rotates it, and let only one continue.',
			command('Then undo this one', shell`pxpair undo`),
		],
		docs: docs.serviceAccount,
	});

const isUser = (found: ClusterPairObject, user: string, old: TokenSecret | undefined): boolean => {
	const carried = carriedBy(found, user);
	return carried !== undefined && old?.token?.equals(carried) === true;
};

const nameOf = ({ metadata }: ClusterPairObject): string => `${metadata.namespace}/${metadata.name}`;
