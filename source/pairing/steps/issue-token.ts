import type { PairAnswers } from '../answers/answers.ts';
import type { Direction } from '../answers/direction.ts';
import {
	accountFor,
	accountNamespace,
	accountToken,
	tokenSecretManifest,
	tokenSecretName,
} from '../cluster-pair/account.ts';
import { isOurs, labelsOf, ownLabel, remainsOf } from '../cluster-pair/ownership.ts';
import { usedByPair } from '../cluster-pair/users.ts';
import { secretType } from '../clusters/kubernetes.ts';
import { may } from '../step/permissions-needed.ts';
import type { Step, StepContext } from '../step/step.ts';
import { docs } from '../words/docs.ts';
import type { Manifest } from '../words/manifest.ts';
import { fail } from '../words/problem.ts';
import { answer } from '../words/way.ts';

/** Milliseconds that the cluster gets to fill the Secret in. */
const issuing = { patience: 30_000, pause: 250 };

export const issueToken = (way: Direction, pair: PairAnswers, preview: Manifest): Step => {
	const { to } = way;
	const why = 'have a token made for the ServiceAccount of the pair';
	const where = { namespace: accountNamespace };
	const account = ({ world }: StepContext) => accountFor(world, way, pair);
	return {
		id: `issue-token/${to}`,
		title: {
			plan: `Have a token made for it on the ${to}`,
			doing: `Waiting for a token on the ${to}…`,
			holds: `The ServiceAccount has a token on the ${to}`,
		},
		on: to,
		docs: docs.serviceAccount,
		preview: [{ kind: 'manifest', verb: 'create', on: to, manifest: preview }],
		needs: [
			may(to, 'get', secretType, why, where),
			may(to, 'create', secretType, why, where),
			may(to, 'delete', secretType, 'take the token of the ServiceAccount back', { ...where, for: 'undo' }),
		],
		async check(context) {
			const who = await account(context);
			const secret = `${who.namespace}/${tokenSecretName(who.name)}`;
			const found = await context.world[to].api.get(secretType, tokenSecretName(who.name), who.namespace);
			if (found && !isOurs(found)) {
				return fail({
					id: 'token-of-another',
					title: `The ${to} has a Secret ${tokenSecretName(who.name)} that pxpair did not make`,
					side: to,
					evidence: `Secret ${secret} lacks the label ${ownLabel}`,
					remedies: [answer('Remove it, or give this pair another name', 'pair.name')],
				});
			}
			return (await accountToken(context.world, way, who))
				? { kind: 'holds', evidence: `in the Secret ${secret}` }
				: { kind: 'absent', because: `the Secret ${secret} has none` };
		},
		change: {
			makes: `the token of that ServiceAccount on the ${to}`,
			async apply(context) {
				const { world, clock, note } = context;
				const who = await account(context);
				const { api } = world[to];
				const existing = await api.get(secretType, tokenSecretName(who.name), who.namespace);
				const created = existing
					? undefined
					: await api.create(secretType, tokenSecretManifest(who, labelsOf(context.runId)));
				const { signal } = new AbortController();
				const deadline = clock.now() + issuing.patience;
				while (!(await accountToken(world, way, who)) && clock.now() < deadline) {
					note('waiting until the cluster fills the Secret in');
					await clock.sleep(issuing.pause, signal);
				}
				return created?.metadata.uid;
			},
			async dryRun(context) {
				const manifest = tokenSecretManifest(await account(context), labelsOf(context.runId));
				return context.world[to].api.create(secretType, manifest, 'dry-run');
			},
			async remains(context) {
				const { name, namespace } = await account(context);
				return remainsOf(context, {
					side: to,
					type: secretType,
					name: tokenSecretName(name),
					namespace,
					keep: () => usedByPair(context, way, pair),
				});
			},
		},
	};
};
