// Dense row-major arrays of up to four dimensions. A Tensor owns memory of one device, a TensorView
// borrows it.
#pragma once

#include <algorithm>
#include <array>
#include <cassert>
#include <cstddef>
#include <cstdint>
#include <functional>
#include <initializer_list>
#include <memory>
#include <span>

#include "engine/tensor/dtype.h"

namespace lectern {

enum class Device : std::uint8_t { kCpu, kCuda };

/// Extents, outermost first; the last is contiguous.
class Shape {
  public:
    Shape() = default;
    Shape(std::initializer_list<std::int64_t> extents) : n_dims_(static_cast<int>(extents.size())) {
        assert(extents.size() <= 4);
        int i = 0;
        for (const std::int64_t extent : extents) extents_[i++] = extent;
    }
    explicit Shape(std::span<const std::int64_t> extents)
        : n_dims_(static_cast<int>(extents.size())) {
        assert(extents.size() <= 4);
        std::copy(extents.begin(), extents.end(), extents_.begin());
    }

    int n_dims() const { return n_dims_; }
    std::int64_t operator[](int i) const {
        assert(i >= 0 && i < n_dims_);
        return extents_[i];
    }
    std::int64_t n_elements() const {
        std::int64_t n = 1;
        for (int i = 0; i < n_dims_; ++i) n *= extents_[i];
        return n;
    }
    /// Elements of one row: the product of all extents but the first.
    std::int64_t row_elements() const {
        return n_dims_ == 0 || extents_[0] == 0 ? 0 : n_elements() / extents_[0];
    }
    /// The same shape with another first extent.
    Shape with_rows(std::int64_t rows) const {
        Shape s = *this;
        s.extents_[0] = rows;
        return s;
    }
    bool operator==(const Shape&) const = default;

  private:
    std::array<std::int64_t, 4> extents_{};
    int n_dims_ = 0;
};

/// Borrowed memory; not kept beyond a call.
struct TensorView {
    void* data = nullptr;
    DType dtype = DType::kF32;
    Shape shape;
    Device device = Device::kCpu;

    std::int64_t rows() const { return shape[0]; }
    std::size_t n_bytes() const { return row_bytes(dtype, shape.n_elements()); }

    /// Rows [begin, begin + n).
    TensorView slice(std::int64_t begin, std::int64_t n) const {
        assert(begin >= 0 && n >= 0 && begin + n <= shape[0]);
        const std::size_t row = row_bytes(dtype, shape.row_elements());
        return {static_cast<std::byte*>(data) + begin * row, dtype, shape.with_rows(n), device};
    }

    /// The elements, as T; pre: on the CPU, sizeof(T) is the element size.
    template <class T>
    T* as() const {
        return static_cast<T*>(data);
    }
    template <class T>
    std::span<T> span() const {
        return {as<T>(), static_cast<std::size_t>(shape.n_elements())};
    }
};

/// Owns its memory through the deleter its backend gave it.
class Tensor {
  public:
    using Deleter = std::function<void(void*)>;

    Tensor() = default;
    Tensor(void* data, Deleter deleter, DType dtype, Shape shape, Device device)
        : data_(data, std::move(deleter)), dtype_(dtype), shape_(shape), device_(device) {}

    TensorView view() const { return {data_.get(), dtype_, shape_, device_}; }
    /// The first n rows.
    TensorView rows(std::int64_t n) const { return view().slice(0, n); }
    const Shape& shape() const { return shape_; }
    DType dtype() const { return dtype_; }
    explicit operator bool() const { return data_ != nullptr; }

  private:
    std::unique_ptr<void, Deleter> data_{nullptr, [](void*) {}};
    DType dtype_ = DType::kF32;
    Shape shape_;
    Device device_ = Device::kCpu;
};

}  // namespace lectern
