#pragma once
// One function a file; each runs on the instruction set and thread count that are set.

#include <string>

namespace harness {

void test_threads(const std::string& where);
void test_bits(const std::string& where);
void test_binary_layers(const std::string& where);
void test_float_layers(const std::string& where);
void test_normalisation(const std::string& where);
void test_pooling(const std::string& where);
void test_rectifier(const std::string& where);
void test_elementwise(const std::string& where);
void test_packed_signs(const std::string& where);
void test_plan(const std::string& where);
void test_peak(const std::string& where);

}  // namespace harness
