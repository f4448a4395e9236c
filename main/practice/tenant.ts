import type { Clock, RandomBytes } from "../ports.ts";
import type { PracticeData } from "./data.ts";
import type { PracticeHosts } from "./hosts.ts";
import type { SigningKey } from "./jwt.ts";
import type { Replication } from "./lag.ts";
import type { WordsIn } from "./words.ts";

/** What the services of one practice tenant share. */
export interface Tenant {
  data: PracticeData;
  hosts: PracticeHosts;
  clock: Clock;
  randomBytes: RandomBytes;
  replication: Replication;
  signingKey(): Promise<SigningKey>;
  words: WordsIn;
}
