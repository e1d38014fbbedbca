import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { type Graph, openGraph } from '@ag/graph';
import { type Settings, refresh, settingsSchema } from '@ag/refresh';
import { openSnapshotStore } from '@ag/snapshot';
import { afterAll, beforeAll, beforeEach, expect, inject, test } from 'vitest';
import { companyEnvironment } from '../company-environment.ts';
