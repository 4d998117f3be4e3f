import { type ShellLine, shell } from '../../pairing/words/command.ts';
import { beginning } from '../../pairing/words/outside-text.ts';
import { type Remedies, remedies } from '../../pairing/words/problem.ts';
import type { ProblemId } from '../../pairing/words/problem-ids.ts';
import { answer, command, type Remedy, thenRetry } from '../../pairing/words/way.ts';

/** What is told of a refusal, without who was asked for what. */
export type Explanation = Readonly<{
	id: ProblemId;
	title: string;
	remedies: Remedies;
}>;

type Row = Readonly<{
	/** What the API server says, whatever its code: a webhook chooses 400, 403 or 422 as it likes. */
	says: RegExp;
	/** @param found what the pattern holds in brackets */
	means(found: string, what: string): Explanation;
}>;

/** A policy of the cluster, or the webhook that should have decided: neither is a permission that is missing, nor a bug of ours. */
const rows: readonly Row[] = [
	{
		says: /failed calling webhook "([^"]+)"/,
		means: name =>
			down(
				`decide on the request: its admission webhook ${name} does not answer`,
				`the webhook ${name}`,
				shell`kubectl get validatingwebhookconfigurations,mutatingwebhookconfigurations`,
			),
	},
	{
		says: /conversion webhook for (\S.{0,500}?) failed: /,
		means: kind =>
			down(
				`convert the object: the conversion webhook for ${kind} does not answer`,
				'that webhook',
				shell`kubectl get customresourcedefinitions -o custom-columns=NAME:.metadata.name,WEBHOOK:.spec.conversion.webhook.clientConfig.service`,
			),
	},
	{
		says: /admission webhook "([^"]+)" denied the request/,
		means: denied(name => `the admission webhook ${name}`),
	},
	{
		says: /((?:Valid|Mut)atingAdmissionPolicy '[^']+').{0,500} denied request/,
		means: denied(name => `the ${name.replaceAll("'", '')}`),
	},
	{ says: /violates PodSecurity "([^"]+)"/, means: denied(name => `Pod Security (${name})`) },
	{ says: /(?:exceeded|failed) quota: ([^,:\s]+)/, means: denied(name => `the ResourceQuota ${name}`) },
	// https://github.com/kubernetes/kubernetes/blob/v1.31.4/plugin/pkg/admission/limitranger/admission.go
	{
		says: /((?:minimum|maximum) \S+ usage per \w+ is [^,\]\s]+|(?<!\S)\S+ max limit to request ratio per \w+ is [^,\]\s]+)/,
		means: denied(rule => `a LimitRange (${rule})`),
	},
];

/** @param what the request: `POST /api/v1/namespaces`, `exec in pod NAMESPACE/NAME` */
export function explainPolicy(what: string, message: string): Explanation | undefined {
	const head = beginning(message);
	for (const { says, means } of rows) {
		const [, found] = says.exec(head) ?? [];
		if (found !== undefined) {
			return means(found, what);
		}
	}
	return undefined;
}

const down = (cannot: string, webhook: string, whose: ShellLine): Explanation => ({
	id: 'webhook-down',
	title: `can't ${cannot}`,
	remedies: [
		thenRetry(`Have ${webhook} repaired: the API server itself is up`),
		command('See whose it is', whose),
	],
});

function denied(whoIn: (found: string) => string): Row['means'] {
	return (found, what) => {
		const who = whoIn(found);
		return {
			id: 'policy-denied',
			title: `refuses this by a policy: ${who}`,
			remedies: remedies(
				waysAround(what),
				thenRetry(`Ask for an exception from ${who}: more permissions do not help`),
			),
		};
	};
}

function waysAround(what: string): readonly Remedy[] {
	if (/^exec /.test(what)) {
		return [
			'The policy forbids exec into the Portworx pods, and pxctl runs only there: have exec allowed there.',
		];
	}
	if (/\/namespaces$/.test(what)) {
		return [
			thenRetry('Create the namespace yourself as the policy requires: it is used as it is'),
			answer('Or name another namespace that exists', 'pair.namespace'),
		];
	}
	return /\/(serviceaccounts|clusterrolebindings|secrets)$/.test(what)
		? ['Go without a ServiceAccount for the pair (pair.login: context).']
		: [];
}
