from dangwu.draft.sample.words.zh import POOLS as POOLS
