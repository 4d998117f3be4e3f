// One file, so that the size of the whole matrix can be told in one line.
import { afterAll, describe } from 'vitest';
import { answersFile } from './answers-file.ts';
import { apiAnswers } from './api-answers.ts';
import { clusterPair } from './cluster-pair.ts';
import { commandLine } from './command-line.ts';
import { kubeconfig } from './kubeconfig.ts';
import { sizeLine } from './matrix.ts';
import { names } from './names.ts';
import { plugins } from './plugins.ts';
import { podAnswers } from './pod-answers.ts';
import { pxctlOutput } from './pxctl-output.ts';
import { records } from './records.ts';
import { secrets } from './secrets.ts';
import { terminal } from './terminal.tsx';

describe('answers file', answersFile);
describe('ClusterPair', clusterPair);
describe('kubeconfig', kubeconfig);
describe('names and addresses', names);
describe('pasted and piped secrets', secrets);
describe('records', records);
describe('command line', commandLine);
describe('keyboard and screen', terminal);
describe('API servers', apiAnswers);
describe('pxctl', pxctlOutput);
describe('pods and stores', podAnswers);
describe('login plugins and storkctl', plugins);

afterAll(() => console.log(sizeLine()));
