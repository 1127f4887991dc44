// The one executable: builds the object graph for the command line or the window.
#include <cstdio>

int main() {
    std::puts("lectern");
    return 0;
}
