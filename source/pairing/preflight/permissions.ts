import { known } from '../clusters/cluster.ts';
import {
	describePermission,
	type Permission,
	type Purpose,
	purposeOf,
	purposes,
	resourceOf,
} from '../clusters/permission.ts';
import type { ClusterWorld, World } from '../clusters/ports.ts';
import { smallestRole } from '../step/smallest-role.ts';
import { changesOf, type Plan } from '../step/step.ts';
import { shell } from '../words/command.ts';
import { type Finding, fact, trouble } from '../words/finding.ts';
import { outsideLines, outsideText } from '../words/outside-text.ts';
import type { Side } from '../words/pair.ts';
import { clusterProblem, type Problem, remedies } from '../words/problem.ts';
import type { ProblemId } from '../words/problem-ids.ts';
import { command } from '../words/way.ts';
import { type AnsweredRights, askForRights } from './rights.ts';

/** Every right that the plan needs on one cluster, asked of its API server. Nothing is written. */
export async function permissionFindings(world: World, side: Side, plan: Plan): Promise<readonly Finding[]> {
	const needs = changesOf(plan).flatMap(step => step.needs.filter(need => need.side === side));
	const answered = await askForRights(world[side], needs);
	const { rights } = answered;
	const granted = rights.filter(({ answer }) => known(answer) === true);
	const refused = rights.filter(({ answer }) => known(answer) === false).map(({ right }) => right);
	return [
		...(granted.length === rights.length ? [all(side, rights.length)] : []),
		...granted.map(({ right }) => fact('permissions', 'permission-granted', side, granting(right))),
		...purposes
			.map(purpose => refused.filter(right => purposeOf(right) === purpose))
			.filter(lacking => lacking.length > 0)
			.map(lacking => missing(world[side], lacking, answered)),
		...rights
			.flatMap(({ answer }) => (answer.kind === 'unknown' ? [unknown(side, answer.problem)] : []))
			.slice(0, 1),
	];
}

const all = (side: Side, count: number): Finding =>
	fact('permissions', 'permissions', side, `All ${count} permissions that the plan needs are granted`);

const granting = (right: Permission): string =>
	outsideText(`may ${describePermission(right)}, to ${right.why}`);

/** Things of which the same is wanted for the same reason share a line. */
const refusals = (rights: readonly Permission[]): string =>
	[...Map.groupBy(rights, right => describePermission(right, '') + right.why).values()]
		.map(alike => {
			const [first] = alike as [Permission];
			return outsideText(
				`may not ${describePermission(first, alike.map(resourceOf).join(', '))}, to ${first.why}`,
			);
		})
		.join('\n');

/** A placeholder for the user that the context logs in as: the API server knows them by a name that the kubeconfig does not have. */
const user = 'USER';

type Wording = Readonly<{ level: 'error' | 'warning'; id: ProblemId; what: string; otherwise: string }>;

const wordings: Readonly<Record<Purpose, Wording>> = {
	run: {
		level: 'error',
		id: 'permission-missing',
		what: 'that the plan needs',
		otherwise: 'Or choose a context with more permissions.',
	},
	undo: {
		level: 'warning',
		id: 'permission-missing-undo',
		what: 'that undo needs',
		otherwise: 'Or continue: pairing works, but undo will need someone with more permissions.',
	},
	help: {
		level: 'warning',
		id: 'permission-missing-help',
		what: 'that help to explain failures',
		otherwise: 'Or continue: pairing works; if it fails, the reason is harder to find.',
	},
};

function missing(
	{ side, context }: ClusterWorld,
	rights: readonly Permission[],
	{ absent, hidden }: AnsweredRights,
): Finding {
	const { level, id, what, otherwise } = wordings[purposeOf(rights[0] as Permission)];
	const said = clusterProblem({
		id,
		side,
		title: `The user of the ${side} lacks ${rights.length === 1 ? 'a permission' : `${rights.length} permissions`} ${what}`,
		remedies: [
			command(
				`Look up the name of this user, and put it in place of ${user} in the attached manifest`,
				shell`kubectl --context ${context} auth whoami`,
			),
			command(
				'Ask an administrator to apply the manifest',
				shell`kubectl --context ${context} apply -f FILE`,
			),
			...(hidden
				? ['Then check again: permissions in the namespace of Portworx are checked once it is found.']
				: []),
			otherwise,
		],
		attachment: {
			title: `The smallest Role with the missing permissions on the ${side}`,
			text: smallestRole(rights, { user, absent }),
		},
	});
	// One line for each right.
	const problem: Problem = { ...said, evidence: outsideLines(refusals(rights)) };
	return { level, topic: 'permissions', problem };
}

const unknown = (side: Side, { title, evidence, remedies: ways }: Problem): Finding =>
	trouble('warning', 'permissions', {
		id: 'permissions-unknown',
		side,
		title: `Could not check the permissions of the user of the ${side}`,
		evidence: evidence ? `${title}: ${evidence}` : title,
		remedies: remedies(ways, 'Or continue: a missing permission shows in the step that needs it.'),
	});
