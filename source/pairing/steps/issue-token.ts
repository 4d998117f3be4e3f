import type { PairAnswers } from '../answers/answers.ts';
import type { Direction } from '../answers/direction.ts';
import {
	accountFor,
	accountNamespace,
	accountToken,
	tokenSecretManifest,
	tokenSecretName,
} from '../cluster-pair/account.ts';
import { ownObject } from '../cluster-pair/own-object.ts';
import { isOurs, ownLabel } from '../cluster-pair/ownership.ts';
import { secretType } from '../clusters/kubernetes.ts';
import { may } from '../step/permissions-needed.ts';
import type { Step, StepContext } from '../step/step.ts';
import { waitFor } from '../step/wait-for.ts';
import { docs } from '../words/docs.ts';
import type { Manifest } from '../words/manifest.ts';
import { fail } from '../words/problem.ts';
import { answer } from '../words/way.ts';

/** Milliseconds that the cluster gets to fill the Secret in. */
const issuing = { patience: 30_000, pause: 250 };

export const issueToken = (way: Direction, pair: PairAnswers, preview: Manifest): Step => {
	const { to } = way;
	const why = 'issue a token for the ServiceAccount of the pair';
	const where = { namespace: accountNamespace };
	const account = ({ world }: StepContext) => accountFor(world, way, pair);
	const own = ownObject({ way, pair, type: secretType, manifest: tokenSecretManifest });
	return {
		id: `issue-token/${to}`,
		title: {
			plan: `Issue a token for the ServiceAccount on the ${to}`,
			doing: `Waiting for a token on the ${to}…`,
			holds: `The ServiceAccount has a token on the ${to}`,
		},
		on: to,
		docs: docs.serviceAccount,
		preview: [{ kind: 'manifest', verb: 'create', on: to, manifest: preview }],
		needs: [
			may(to, 'get', secretType, why, where),
			may(to, 'create', secretType, why, where),
			may(to, 'delete', secretType, 'undo the token of the ServiceAccount', { ...where, for: 'undo' }),
		],
		async check(context) {
			const who = await account(context);
			const secret = `${who.namespace}/${tokenSecretName(who.name)}`;
			const found = await context.world[to].api.get(secretType, tokenSecretName(who.name), who.namespace);
			if (found && !isOurs(found)) {
				return fail({
					id: 'token-of-another',
					title: `The ${to} has a Secret ${tokenSecretName(who.name)} that pxpair did not create`,
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
			...own,
			async apply(context) {
				const { world, clock, note } = context;
				const who = await account(context);
				const existing = await world[to].api.get(secretType, tokenSecretName(who.name), who.namespace);
				const created = existing ? undefined : await own.apply(context);
				// Not the person's signal: the Secret exists by now.
				await waitFor({ clock, signal: new AbortController().signal }, issuing, async () => {
					const token = await accountToken(world, way, who);
					if (!token) {
						note('waiting for the cluster to fill the Secret');
					}
					return token;
				});
				return created;
			},
		},
	};
};
