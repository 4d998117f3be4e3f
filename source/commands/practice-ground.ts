import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { type Answers, defaultPair, type ObjectStore } from '../pairing/answers.ts';
import { inputProblem, PairingError } from '../pairing/problem.ts';
import { Secret } from '../pairing/secret.ts';
import { startPractice } from '../practice/practice.ts';
import { type Scenario, type ScenarioName, scenarios } from '../practice/scenarios.ts';

/** The practice clusters inside this process, and a kubeconfig file that leads to them. */
export type PracticeGround = Readonly<{
	scenario: ScenarioName;
	banner: string;
	kubeconfigFile: string;
	close(): Promise<void>;
}>;

export const practiceBanner =
	'PRACTICE: two pretend clusters inside this program. Nothing real is read or changed.';

export async function startPracticeGround(
	scenario: string | undefined,
	kubeconfig?: string,
): Promise<PracticeGround> {
	const name = scenarioNamed(scenario);
	const practice = await startPractice({ scenario: name });
	const folder = kubeconfig ? undefined : await mkdtemp(join(tmpdir(), 'pxpair-practice-'));
	const kubeconfigFile = kubeconfig ?? join(folder ?? '', 'kubeconfig');
	await writeFile(kubeconfigFile, practice.kubeconfig, { mode: 0o600 });
	return {
		scenario: name,
		banner: practiceBanner,
		kubeconfigFile,
		async close() {
			await practice.close();
			await rm(folder ?? kubeconfigFile, { recursive: true, force: true });
		},
	};
}

/** @throws PairingError that lists the scenarios there are */
export function scenarioNamed(name: string | undefined): ScenarioName {
	const wanted = name ?? 's3';
	if (isScenario(wanted)) {
		return wanted;
	}
	const width = Math.max(...Object.keys(scenarios).map(key => key.length));
	throw new PairingError(
		inputProblem({
			id: 'scenario-unknown',
			title: `There is no practice scenario "${wanted}"`,
			evidence: Object.entries(scenarios)
				.map(([key, { about }]) => `${key.padEnd(width)}  ${about}`)
				.join('\n'),
			remedies: ['Choose one of these, or leave the name out.'],
		}),
	);
}

/** Answers of its own, so that the practice clusters can be paired without a file. The keys are made up. */
export function practiceAnswersFor(scenario: string | undefined): Answers {
	const { clusters }: Scenario = scenarios[scenarioNamed(scenario)];
	return {
		source: { context: 'east' },
		destination: { context: 'west' },
		location: 'auto',
		objectStore: practiceStores[clusters.west.platform],
		pair: defaultPair,
		existing: { credential: 'stop', pair: 'stop' },
	};
}

const isScenario = (name: string): name is ScenarioName => Object.hasOwn(scenarios, name);

const practiceStores: Readonly<Record<Scenario['clusters']['west']['platform'], ObjectStore>> = {
	eks: {
		provider: 's3',
		accessKeyId: new Secret('PRACTICEKEYID0000000'),
		secretAccessKey: new Secret('practice-only-secret-access-key'),
		region: 'us-east-1',
		endpoint: 's3.amazonaws.com',
	},
	aks: {
		provider: 'azure',
		accountName: 'practiceaccount',
		accountKey: new Secret('practice-only-account-key'),
	},
	gke: {
		provider: 'google',
		projectId: 'practice-project',
		jsonKey: new Secret(
			JSON.stringify({
				type: 'service_account',
				project_id: 'practice-project',
				private_key: 'practice-only',
				client_email: 'practice@practice-project.example',
			}),
		),
	},
	vsphere: { provider: 'none' },
};
