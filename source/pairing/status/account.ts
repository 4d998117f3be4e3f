import { accountFor, bindingManifest, tokenSecretName, tokenSecrets } from '../cluster-pair/account.ts';
import { clusterRoleBindingType } from '../clusters/kubernetes.ts';
import { docs } from '../words/docs.ts';
import { type Finding, fact, trouble } from '../words/finding.ts';
import { asRecord } from '../words/json.ts';
import type { Said } from '../words/problem.ts';
import { Secret } from '../words/secret.ts';
import { makeAnew, runAgain, type Standing, specOf } from './standing.ts';

/** Of a pair that logs in as a ServiceAccount made for it: whether its token still exists, and its rights. */
export async function accountFindings(standing: Standing): Promise<readonly Finding[]> {
	const { world, way, pair } = standing;
	const { to } = way;
	const account = await accountFor(world, way, pair);
	const carried = tokenFor(standing, account.name);
	if (!carried && pair.login !== 'service-account') {
		return [];
	}
	const [secrets, binding] = await Promise.all([
		tokenSecrets(world[to], account),
		world[to].api.get(clusterRoleBindingType, account.name),
	]);
	const current = secrets.find(({ token }) => carried && token?.equals(carried));
	const since = current?.object.metadata.creationTimestamp;
	const tokens = secrets.flatMap(({ token }) => token ?? []);
	const secret = `Secret ${account.namespace}/${secrets[0]?.name ?? tokenSecretName(account.name)}`;
	return [
		current
			? fact(
					'login',
					'account-token-current',
					to,
					`The pair contains the token of ${account.namespace}/${account.name}${since ? `, issued ${since.slice(0, 10)}` : ''}`,
				)
			: error({
					id: tokens.length > 0 ? 'account-token-differs' : 'account-token-missing',
					side: to,
					title: `The token in the pair is not the one of its ServiceAccount on the ${to}: migrations will fail`,
					evidence:
						tokens.length > 0
							? `${secret} holds another token than spec.config.users`
							: `${secret}: not found, or without a token`,
					remedies: [makeAnew],
					docs: docs.serviceAccount,
				}),
		...(binding
			? []
			: [
					error({
						id: 'account-unbound',
						side: to,
						title: `The ServiceAccount of the pair has no permissions on the ${to}: migrations will fail`,
						evidence: `ClusterRoleBinding ${bindingManifest(account, {}).metadata.name}: not found`,
						remedies: [runAgain],
						docs: docs.serviceAccount,
					}),
				]),
	];
}

function tokenFor(standing: Standing, user: string): Secret | undefined {
	const { token } = asRecord(asRecord(specOf(standing).config.users)[user]);
	return typeof token === 'string' ? new Secret(token) : undefined;
}

const error = (problem: Said): Finding => trouble('error', 'login', problem);
