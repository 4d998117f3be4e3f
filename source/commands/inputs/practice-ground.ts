import { generateKeyPairSync, randomUUID } from 'node:crypto';
import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { type Scenario, type ScenarioName, scenarios } from 'pxpair-practice/scenarios';
import { type PlatformName, practiceKeyId, startPractice } from 'pxpair-practice/start';
import { systemCode } from '../../gateways/machine/file-error.ts';
import { type Answers, defaultPair, type ObjectStore } from '../../pairing/answers/answers.ts';
import { shell } from '../../pairing/words/command.ts';
import { didYouMean } from '../../pairing/words/did-you-mean.ts';
import { refuse } from '../../pairing/words/problem.ts';
import { Secret } from '../../pairing/words/secret.ts';
import { command } from '../../pairing/words/way.ts';
import { lessonOf } from './drills.ts';

/** The practice clusters inside this process, and a kubeconfig file that points to them. */
export type PracticeGround = Readonly<{
	scenario: ScenarioName;
	banner: string;
	kubeconfigFile: string;
	/** A made-up service account key, for the question that wants a file. */
	keyFile: string;
	/** What is told when the drill ends. */
	lesson: readonly string[];
	/** The same after a proof or a rotation. */
	lessonAfter(command: 'prove' | 'rotate'): readonly string[];
	close(): Promise<void>;
}>;

export const practiceBanner =
	'PRACTICE: two practice clusters inside this program. Nothing real is read or changed.';

/** `lifelike` is for people: answers take a while, as those of a cluster far away do, and Stork takes a moment longer. */
export type Pace = 'fast' | 'lifelike';

/**
 * @param kubeconfig where to write the kubeconfig, for programs outside; a temporary folder when absent
 * @param answers what a run there goes by
 */
export async function startPracticeGround(
	scenario: string | undefined,
	pace: Pace,
	{ kubeconfig, answers }: Readonly<{ kubeconfig?: string | undefined; answers?: Answers }> = {},
): Promise<PracticeGround> {
	const name = scenarioNamed(scenario);
	const practice = await startPractice({
		scenario: name,
		// Each start is other clusters than the last.
		override: withNewUuids,
		...(pace === 'lifelike' && { latency: 40, storkPause: 700 }),
		// Who has the kubeconfig looks at them with other programs.
		...((pace === 'lifelike' || kubeconfig !== undefined) && { namespacePause: 5000 }),
	});
	const folder = await mkdtemp(join(tmpdir(), 'pxpair-practice-'));
	const kubeconfigFile = kubeconfig ?? join(folder, 'kubeconfig');
	const keyFile = join(folder, 'gcs-key.json');
	const close = async () => {
		await practice.close();
		await rm(folder, { recursive: true, force: true });
	};
	try {
		await writeNew(kubeconfigFile, practice.kubeconfig);
		await writeNew(keyFile, practiceJsonKey());
	} catch (error) {
		await close();
		throw error;
	}
	return {
		scenario: name,
		banner: practiceBanner,
		kubeconfigFile,
		keyFile,
		lesson: lessonOf(name, 'run', answers),
		lessonAfter: command => lessonOf(name, command),
		async close() {
			await close();
			await rm(kubeconfigFile, { force: true });
		},
	};
}

/** One Portworx cluster that spans both stays one. */
function withNewUuids({ east, west }: Scenario['clusters']): Scenario['clusters'] {
	const uuid = randomUUID();
	return {
		east: { ...east, uuid },
		west: { ...west, uuid: west.uuid === east.uuid ? uuid : randomUUID() },
	};
}

/** Never over a file that is there: it may be someone's real kubeconfig. */
async function writeNew(path: string, text: string): Promise<void> {
	try {
		await writeFile(path, text, { mode: 0o600, flag: 'wx' });
	} catch (error) {
		const code = systemCode(error) ?? 'unwritable';
		refuse({
			id: 'file-not-written',
			title: `${path} can't be written`,
			evidence: code === 'EEXIST' ? 'it exists already, and is left as it is' : code,
			remedies: ['Name a file that does not exist yet, in a folder of yours.'],
		});
	}
}

/** @throws PairingError that lists the scenarios there are */
export function scenarioNamed(name: string | undefined): ScenarioName {
	const wanted = name ?? 's3';
	if (isScenario(wanted)) {
		return wanted;
	}
	refuse({
		id: 'scenario-unknown',
		title: `There is no practice scenario "${wanted}"${didYouMean(wanted, Object.keys(scenarios))}`,
		remedies: [
			command('List the scenarios', shell`pxpair practice --list`),
			'Or leave the name out, for two healthy clusters.',
		],
	});
}

/** Answers of its own, so that the practice clusters can be paired without a file. The keys are made up. */
export function practiceAnswersFor(scenario: string | undefined): Answers {
	const { clusters, store }: Scenario = scenarios[scenarioNamed(scenario)];
	return {
		source: { context: 'east' },
		destination: { context: 'west' },
		location: 'auto',
		objectStore: store ? practiceStores[store] : practiceStoreOn(clusters.west.platform),
		pair: defaultPair,
		existing: { credential: 'stop', pair: 'stop' },
	};
}

const isScenario = (name: string): name is ScenarioName => Object.hasOwn(scenarios, name);

/** Made again each time: it has to sign, and a key that lies in a program looks like one that was lost. */
function practiceJsonKey(): string {
	const { privateKey } = generateKeyPairSync('rsa', { modulusLength: 1024 });
	return JSON.stringify({
		type: 'service_account',
		project_id: 'practice-project',
		private_key: privateKey.export({ type: 'pkcs8', format: 'pem' }),
		client_email: 'practice@practice-project.example',
	});
}

const keyless = { provider: 's3', region: 'us-east-1', endpoint: 's3.amazonaws.com' } as const;
const practiceStores: Readonly<Record<NonNullable<Scenario['store']>, ObjectStore>> = {
	share: { provider: 'nfs', server: 'nfs.example.com', exportPath: '/exports/portworx' },
	role: { ...keyless, auth: 'iam' },
	'workload-identity': { ...keyless, auth: 'workload-identity' },
};

/** The store that people on such a platform have; on premises, none is needed to rehearse. */
function practiceStoreOn(platform: PlatformName): ObjectStore {
	switch (platform) {
		case 'eks':
		case 'openshift-aws':
			return {
				provider: 's3',
				accessKeyId: new Secret(practiceKeyId),
				secretAccessKey: new Secret('practice-only-secret-access-key'),
				region: 'us-east-1',
				endpoint: 's3.amazonaws.com',
			};
		case 'aks':
			return {
				provider: 'azure',
				accountName: 'practiceaccount',
				accountKey: new Secret('practice-only-account-key'),
			};
		case 'gke':
			return { provider: 'google', projectId: 'practice-project', jsonKey: new Secret(practiceJsonKey()) };
		case 'vsphere':
		case 'openshift-vsphere':
		case 'eks-anywhere':
		case 'aks-hci':
		case 'k3s':
		case 'kubeadm':
		case 'mixed':
			return { provider: 'none' };
	}
}
