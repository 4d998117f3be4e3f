import { destination, type Scenario, source } from './two-clusters.ts';

/** Where the kubeconfig leads, how it logs in, and whether that still works from within the source's pods. */
export const kubeconfigScenarios = {
	'wrong-token': {
		about: "the destination's API server refuses the kubeconfig's token",
		clusters: destination({ access: 'here-with-refused-token' }),
		drill: {
			lesson:
				'Tokens in kubeconfigs end, and the server then says no more than Unauthorized. Log in again, look with kubectl --context get ns, and start again: nothing was changed.',
		},
	},
	unreachable: {
		about: "nothing answers where the kubeconfig says the destination's API server is",
		clusters: destination({ access: 'to-closed-port' }),
		drill: {
			lesson:
				'Connection refused means that a machine answered and no API server listens there: a cluster that is down, or an address from before. A name that does not resolve, or silence, would say something else; the evidence tells them apart.',
		},
	},
	'network-drops': {
		about:
			"connections to the source's API server are cut once, in the middle of a run, and are well again later",
		clusters: source({ network: 'drops-once' }),
		drill: {
			lesson:
				'A run that breaks off leaves what it had made, and says so: exit code 3, and a record. Each step looks before it acts, so the same run started again finds what is there and does the rest. In the conversation that is r, try again; with pxpair practice --scenario network-drops, a second pxpair run.',
		},
	},
	'same-cluster': {
		about: 'both contexts point to one cluster',
		clusters: destination({ access: 'to-the-other' }),
		drill: {
			lesson:
				'Two contexts may point to one cluster, under two names. Portworx says "Cannot create cluster pair with self" only at the end; the cluster UUIDs tell it at the beginning.',
		},
	},
	'api-hangs': {
		about: "the destination's API server takes connections and never answers",
		clusters: destination({ access: 'to-silence' }),
		drill: {
			lesson:
				'A server that takes a connection and says nothing looks like one that is slow. Every call here has a limit, and says at its end which cluster kept it waiting.',
		},
	},
	'api-is-a-web-page': {
		about: "a login portal answers in place of the destination's API server",
		clusters: destination({ access: 'to-a-web-page' }),
		drill: {
			lesson:
				'Login portals answer every address with a page and status 200; a program that trusts the status takes it for an empty list. Log in to the portal or the VPN, and look again.',
		},
	},
	'api-breaks-off': {
		about: "every answer of the destination's API server breaks off half way",
		clusters: destination({ access: 'to-half-answers' }),
		drill: {
			lesson:
				'Answers that break off half way point at a proxy or load balancer with a limit. Reads are tried again; when all of them break off, it is said as what it is.',
		},
	},
	'api-private': {
		about: "the source's pods are refused where this machine reaches the destination's API server",
		clusters: destination({ apiFromPods: 'refused' }),
		drill: {
			lesson:
				'Your machine and the pods of the source are in different places: an API server that you reach may be closed to them, or be 127.0.0.1. What travels in the pair has to be an address that the source reaches: --server URL.',
		},
	},
	'api-silent-from-pods': {
		about: "a firewall drops what the source's pods send to the destination's API server",
		clusters: destination({ apiFromPods: 'silent' }),
		drill: {
			lesson:
				'A firewall that drops says nothing; Stork would wait and put "i/o timeout" into its events after a while. Open 6443 or 443 from the nodes of the source to the API server of the destination, both ways if you pair both ways.',
		},
	},
	'login-plugin': {
		about: 'the kubeconfig logs in to the destination with a program that Stork does not have',
		clusters: destination({ login: 'plugin' }),
		drill: {
			lesson:
				'A login by aws, gcloud or kubelogin is a program on your machine, and the pair would have Stork run it in a pod that lacks it. A ServiceAccount with a token of its own needs no program, and never expires.',
			wayOut: '--service-account',
		},
	},
	'login-auth-provider': {
		about: 'the kubeconfig logs in to the destination with OpenID Connect, whose tokens expire',
		clusters: destination({ login: 'auth-provider' }),
		drill: {
			lesson:
				'An OpenID login in a kubeconfig is a token that expires, and perhaps a refresh token that works once. The pair would get a copy, say Ready, and stop migrating when the token expires. A ServiceAccount takes the place of the login.',
			wayOut: '--service-account',
		},
	},
	'certificate-ending': {
		about: 'the client certificate for the destination ends in three days',
		clusters: destination({ login: 'ending-certificate' }),
		drill: {
			lesson:
				'What travels in the pair ends when your certificate does, and Stork does not look at a Ready pair again: the first you hear of it is a migration that fails. A ServiceAccount never expires.',
			wayOut: '--service-account',
		},
	},
	'token-ending': {
		about: 'the token for the destination ends in an hour',
		clusters: destination({ login: 'ending-token' }),
		drill: {
			lesson:
				'A token of an hour pairs well, and leaves a pair that says Ready and cannot migrate tomorrow. pxpair status finds such a pair; a ServiceAccount does not make one.',
			wayOut: '--service-account',
		},
	},
	'no-ca': {
		about: "the kubeconfig does not check the destination's certificate",
		clusters: destination({ ca: 'unchecked' }),
		drill: {
			lesson:
				"A pair carries the kubeconfig's word on certificates with it. Without a check of the certificate, Stork hands its login to anyone who answers at that address.",
		},
	},
	'through-proxy': {
		about: 'the kubeconfig reaches the destination through a proxy on this machine',
		clusters: destination({ proxy: 'here' }),
		drill: {
			lesson:
				'proxy-url is copied into the pair, and leads Stork to a proxy that only your machine has. Give the address that the source reaches, or a context without a proxy.',
		},
	},
} as const satisfies Record<string, Scenario>;
