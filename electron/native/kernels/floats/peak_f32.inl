// The most multiply-adds: chains that wait for nothing but themselves, more of them than a multiply-add has cycles of
// latency times the units that do one a cycle (4 · 2 on today's processors).

constexpr size_t kPeakChains = 12;

static float peak_f32(float factor, float addend, size_t rounds) {
  const F32 factors = broadcast(factor), addends = broadcast(addend);
  F32 chains[kPeakChains];
  for (size_t i = 0; i < kPeakChains; ++i) chains[i] = broadcast(static_cast<float>(i));
  for (size_t round = 0; round < rounds; ++round)
    for (size_t i = 0; i < kPeakChains; ++i) chains[i] = fma(chains[i], factors, addends);
  float total = 0;
  for (size_t i = 0; i < kPeakChains; ++i) {
    float lanes[kLanes];
    store(lanes, chains[i]);
    for (size_t lane = 0; lane < kLanes; ++lane) total += lanes[lane];
  }
  return total;
}
